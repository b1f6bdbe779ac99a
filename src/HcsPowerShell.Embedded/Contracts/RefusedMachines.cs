using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The virtual machines of a host that has none; it refuses every call.</summary>
internal sealed class RefusedMachines : IMachineService
{
    public Task CreateStateFileAsync(string path, CallOptions options) =>
        Task.FromException(Refused(ComputeOperation.CreateStateFile));

    public Task GrantAccessAsync(string? id, string path, CallOptions options) =>
        Task.FromException(Refused(ComputeOperation.GrantAccess));

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) =>
        Task.FromException(Refused(ComputeOperation.RevokeAccess));

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        Task.FromException<ProcessorTopology>(Refused(ComputeOperation.ProcessorTopology));

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        Task.FromException<CpuGroupConfigurations>(Refused(ComputeOperation.CpuGroups));

    internal static HcsException Refused(ComputeOperation operation, string? id = null) => Refusal.NotSupported(
        id, operation.Function(), "An embedded host has no virtual machines; the Host Compute Service of Windows has.");
}
