using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

public abstract partial class ComputeServiceContract
{
    [Fact]
    public async Task Statistics_are_those_of_a_running_container()
    {
        IContainer container = await CreateAsync();
        Assert.Null((await container.GetPropertiesAsync(Ask("Statistics"), Limit)).Statistics);
        await container.StartAsync(Limit);
        Statistics statistics = (await container.GetPropertiesAsync(Ask("Statistics"), Limit)).Statistics!;
        Assert.NotNull(statistics.Timestamp);
        Assert.NotNull(statistics.ContainerStartTime);
        Assert.True(statistics.Uptime100ns > 0);
    }

    [Fact]
    public async Task The_process_list_holds_what_runs()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Sleep(), Limit);
        ContainerProperties properties = await container.GetPropertiesAsync(Ask("ProcessList"), Limit);
        Assert.Contains(properties.ProcessList!, p => p.ProcessId == process.ProcessId);
        await process.KillAsync(Limit);
        await process.Exited.Within();
        properties = await container.GetPropertiesAsync(Ask("ProcessList"), Limit);
        Assert.DoesNotContain(properties.ProcessList ?? [], p => p.ProcessId == process.ProcessId);
        process.Close();
    }

    [Fact]
    public async Task The_list_takes_the_filters_of_the_query()
    {
        IContainer mine = await CreateAsync(owner: "filters-a");
        IContainer other = await CreateAsync(owner: "filters-b");
        Assert.Equal([mine.Id], (await ListAsync(new ComputeSystemQuery { Owners = ["filters-a"] })).Select(p => p.Id));
        Assert.Equal(
            [other.Id],
            (await ListAsync(new ComputeSystemQuery { Ids = [other.Id.ToUpperInvariant()] })).Select(p => p.Id));
        ContainerProperties[] both =
            await ListAsync(new ComputeSystemQuery { Ids = [mine.Id, other.Id], Types = ["Container"] });
        Assert.Equal(2, both.Length);
        Assert.All(both, p => Assert.Equal("Container", p.SystemType));
        Assert.Empty(await ListAsync(new ComputeSystemQuery { Ids = [NewId()] }));
        Assert.Empty(await ListAsync(new ComputeSystemQuery { Ids = [mine.Id], Owners = ["filters-b"] }));
    }

    [Fact]
    public async Task The_host_says_what_it_is()
    {
        HostProperties properties = await Service.GetPropertiesAsync(Limit);
        Assert.NotEmpty(properties.SchemaVersions);
    }

    private static PropertyQuery Ask(string property) => new() { PropertyTypes = [property] };
}
