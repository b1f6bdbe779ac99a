using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The virtual machines of a host that has nothing for them; it refuses every call.</summary>
/// <param name="refusal">The refusal of an operation, on the machine of an id where there is one.</param>
internal sealed class RefusedMachines(Func<ComputeOperation, string?, HcsException> refusal) : IMachineService
{
    public Task CreateStateFileAsync(string path, CallOptions options) =>
        RefuseAsync<bool>(ComputeOperation.CreateStateFile, null, options);

    public Task GrantAccessAsync(string? id, string path, CallOptions options) =>
        RefuseAsync<bool>(ComputeOperation.GrantAccess, id, options);

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) =>
        RefuseAsync<bool>(ComputeOperation.RevokeAccess, id, options);

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        RefuseAsync<ProcessorTopology>(ComputeOperation.ProcessorTopology, null, options);

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        RefuseAsync<CpuGroupConfigurations>(ComputeOperation.CpuGroups, null, options);

    private Task<T> RefuseAsync<T>(ComputeOperation operation, string? id, CallOptions options) =>
        options.CancellationToken.IsCancellationRequested
            ? Task.FromCanceled<T>(options.CancellationToken)
            : Task.FromException<T>(refusal(operation, id));
}
