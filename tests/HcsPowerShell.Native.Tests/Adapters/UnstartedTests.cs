using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of systems that were never started, on a service that reports no state for them.</summary>
public abstract class UnstartedTests(MockLibrary mock) : MockTests(mock)
{
    [Fact]
    public async Task What_was_created_here_is_created_until_it_is_started()
    {
        Mock.SetCreatedTold(false);
        IContainer container = await CreateAsync();
        Assert.Equal("Created", (await container.GetPropertiesAsync(new PropertyQuery(), Limit)).State);
        await container.StartAsync(Limit);
        Assert.Equal("Running", (await container.GetPropertiesAsync(new PropertyQuery(), Limit)).State);
        await EndAsync(container);
    }

    [Fact]
    public async Task Of_what_others_created_only_computecore_tells_the_state_of_all_that_was_started()
    {
        Mock.SetCreatedTold(false);
        Mock.AddSystem("created", "{}", started: false);
        Mock.AddSystem("running", "{}", started: true);
        ContainerProperties[] listed = [.. await Service.GetContainersAsync(new ComputeSystemQuery(), Limit)];
        Assert.Equal(IsFirst ? null : "Created", listed.Single(system => system.Id == "created").State);
        Assert.Equal("Running", listed.Single(system => system.Id == "running").State);
        IContainer opened = await Service.OpenContainerAsync("created", Limit);
        Assert.Equal(
            IsFirst ? null : "Created", (await opened.GetPropertiesAsync(new PropertyQuery(), Limit)).State);
        opened.Close();
        Mock.ExitSystem("created", "ForcedExit", 0);
        Mock.ExitSystem("running", "ForcedExit", 0);
    }
}

public sealed class VmComputeUnstartedTests() : UnstartedTests(MockLibrary.VmCompute);

public sealed class ComputeCoreUnstartedTests() : UnstartedTests(MockLibrary.ComputeCore);
