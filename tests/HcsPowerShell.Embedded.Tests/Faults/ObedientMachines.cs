using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Virtual machines for which every call succeeds at once, and is recorded.</summary>
internal sealed class ObedientMachines(CallLog log) : IMachineService
{
    public Task CreateStateFileAsync(string path, CallOptions options) => log.Do("CreateStateFile", true);

    public Task GrantAccessAsync(string? id, string path, CallOptions options) => log.Do("GrantAccess", true);

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) => log.Do("RevokeAccess", true);

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        log.Do("ProcessorTopology", new ProcessorTopology());

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        log.Do("CpuGroups", new CpuGroupConfigurations());
}
