using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>Refuses the calls for virtual machines: vmcompute.dll has none, and Windows 10 1809 brings computecore, which has.</summary>
internal sealed class VmComputeMachines : IMachineService
{
    public Task CreateStateFileAsync(string path, CallOptions options) =>
        Task.FromException(Missing(ComputeOperation.CreateStateFile));

    public Task GrantAccessAsync(string? id, string path, CallOptions options) =>
        Task.FromException(Missing(ComputeOperation.GrantAccess, id));

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) =>
        Task.FromException(Missing(ComputeOperation.RevokeAccess, id));

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        Task.FromException<ProcessorTopology>(Missing(ComputeOperation.ProcessorTopology));

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        Task.FromException<CpuGroupConfigurations>(Missing(ComputeOperation.CpuGroups));

    /// <summary>The failure of a call of a function that the library does not export.</summary>
    internal static HcsException Missing(ComputeOperation operation, string? systemId = null) => new(
        operation.Function(), NativeResult.ExportMissing, systemId, null, new EntryPointNotFoundException());
}
