using System;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

public sealed class IsolationChoiceTests
{
    private const string Lack = "runc is not installed";

    public IsolationChoiceTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Isolations of Linux.");

    [Fact]
    public void The_best_is_Oci_where_nothing_lacks_for_it()
    {
        IIsolation best = IsolationChoice.Make(EmbeddedIsolation.Best, lack: null).Isolation;
        using AtEnd bestEnds = new(best.Dispose);
        Assert.Equal("Oci", best.Name);
        IIsolation asked = IsolationChoice.Make(EmbeddedIsolation.Oci, lack: null).Isolation;
        using AtEnd askedEnds = new(asked.Dispose);
        Assert.Equal("Oci", asked.Name);
    }

    [Fact]
    public async Task Where_something_lacks_it_is_Process_and_the_host_says_why()
    {
        EmbeddedComputeService host = new(IsolationChoice.Make(EmbeddedIsolation.Best, Lack));
        HostProperties properties = await host.GetPropertiesAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Process", properties.Isolation);
        Assert.Equal(Lack, properties.IsolationLack);
        Assert.Contains(nameof(ContainerConfig.Layers), properties.UnenforcedContainerMembers);
        host.Close();
    }

    [Fact]
    public void Oci_that_is_asked_for_and_impossible_is_refused_by_what_lacks()
    {
        HcsException e = Assert.Throws<HcsException>(() => IsolationChoice.Make(EmbeddedIsolation.Oci, Lack));
        Assert.Equal(HResult.NotSupported, e.HResult);
        Assert.Contains(Lack, e.ResultDocument, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_that_is_asked_for_lacks_nothing()
    {
        IsolationChoice choice = IsolationChoice.Make(EmbeddedIsolation.Process);
        IIsolation isolation = choice.Isolation;
        using AtEnd isolationEnds = new(isolation.Dispose);
        Assert.Equal("Process", isolation.Name);
        Assert.Null(choice.Lack);
    }
}
