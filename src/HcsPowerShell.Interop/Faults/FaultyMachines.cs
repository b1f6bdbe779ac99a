using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Faults;

/// <summary>The calls for virtual machines of a host, which fail as the plan requires.</summary>
internal sealed class FaultyMachines(IMachineService inner, FaultInjector injector) : IMachineService
{
    public Task CreateStateFileAsync(string path, CallOptions options) => injector.ServeAsync(
        ComputeOperation.CreateStateFile, options, served => inner.CreateStateFileAsync(path, served));

    public Task GrantAccessAsync(string? id, string path, CallOptions options) => injector.ServeAsync(
        ComputeOperation.GrantAccess,
        options,
        served => inner.GrantAccessAsync(id, path, served),
        undo: () => inner.RevokeAccessAsync(id, path, default));

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) => injector.ServeAsync(
        ComputeOperation.RevokeAccess, options, served => inner.RevokeAccessAsync(id, path, served));

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        injector.ServeAsync(ComputeOperation.ProcessorTopology, options, inner.GetProcessorTopologyAsync);

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        injector.ServeAsync(ComputeOperation.CpuGroups, options, inner.GetCpuGroupsAsync);
}
