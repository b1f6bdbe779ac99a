using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>What Tab offers. The engine is asked, as a console asks it.</summary>
public sealed class CompletionTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("Stop-HcsContainer {0}")]
    [InlineData("Stop-HcsContainer -Id {0}")]
    [InlineData("Stop-HcsContainer -ContainerId other, {0}")]
    [InlineData("Get-HcsContainer {0}")]
    [InlineData("Start-HcsProcess {0}")]
    [InlineData("Invoke-HcsProcess -Id {0}")]
    [InlineData("Enter-HcsContainer {0}")]
    [InlineData("Get-HcsContainer other, {0}")]
    [InlineData("Stop-HcsProcess -ContainerId {0}")]
    [InlineData("Send-HcsProcessInput {0}")]
    public void An_id_by_its_beginning_in_any_case_with_owner_and_state(string line)
    {
        string id = Session.NewRunning().Id;
        CompletionResult offer = Assert.Single(Complete(string.Format(null, line, id[..6].ToUpperInvariant())));
        Assert.Equal(id, offer.CompletionText);
        Assert.Equal("Container Running, HcsPowerShell", offer.ToolTip);
    }

    /// <summary>The embedded host names a container as its id; another service may not.</summary>
    [Fact]
    public void An_id_by_the_name_of_its_container()
    {
        (object host, GivenSystem service) = ServiceProxy.HostOf<GivenSystem>(Session);
        service.Listing = """[{ "Id": "7f3c", "Name": "shop", "SystemType": "Container", "State": "Running", "Owner": "me" }]""";
        Session.Runspace.SessionStateProxy.SetVariable("h", host);
        CompletionResult offer = Assert.Single(Complete("Stop-HcsContainer -HcsHost $h -Id sh"));
        Assert.Equal("7f3c", offer.CompletionText);
        Assert.Equal("shop: Container Running, me", offer.ToolTip);
        Assert.Equal("shop", Assert.Single(Complete("Get-HcsContainer -HcsHost $h -Name s")).CompletionText);
    }

    [Theory]
    [InlineData("Stop-HcsContainer ")]
    [InlineData("Stop-HcsContainer -Id ")]
    [InlineData("Get-HcsContainer other, ")]
    [InlineData("Get-HcsStatistics -ContainerId other, ")]
    public void All_ids_before_anything_is_typed(string line)
    {
        using var own = new Session();
        string[] ids = [own.NewContainer().Id, own.NewContainer().Id];
        Assert.Equal(ids.Order(), Complete(line, own).Select(offer => offer.CompletionText));
    }

    [Theory]
    [InlineData("my shop")]
    [InlineData("it's")]
    [InlineData("a‘b")]
    [InlineData("a,b")]
    [InlineData("$home")]
    [InlineData("-force")]
    [InlineData("12d")]
    [InlineData("1e5")]
    [InlineData("4kb")]
    [InlineData("007")]
    [InlineData("a;b")]
    [InlineData("x[1]")]
    public void What_is_offered_is_read_back_as_the_id(string id)
    {
        using var own = new Session();
        own.Get("New-HcsContainer -Id $i -Name n", ("i", id));
        CompletionResult offer = Assert.Single(Complete("Get-HcsContainer -Id ", own));
        Assert.Equal(id, offer.ListItemText);
        Assert.Equal(id, (string)own.Single("Get-HcsContainer -Id " + offer.CompletionText).Id);
        Assert.Equal(id, (string)own.Single("Get-HcsContainer " + offer.CompletionText).Id);
    }

    [Fact]
    public void A_quote_that_was_typed_stays()
    {
        string id = Session.NewContainer().Id;
        Assert.Equal($"'{id}'", Assert.Single(Complete($"Get-HcsContainer -Id '{id[..6]}")).CompletionText);
    }

    [Fact]
    public void The_containers_are_those_of_the_host_that_is_named()
    {
        using var other = new Session();
        string id = other.NewContainer().Id;
        Assert.Empty(Complete("Get-HcsContainer -Id " + id));
        Assert.Equal(id, Assert.Single(Complete($"Get-HcsContainer -HcsHost {other.HostName} -Id {id}")).CompletionText);
        Session.Get("$h = Get-HcsHost -All | Where-Object Name -eq $n", ("n", other.HostName));
        Assert.Equal(id, Assert.Single(Complete("Get-HcsContainer -HcsHost $h -Id " + id)).CompletionText);
        Assert.Empty(Complete("Get-HcsContainer -HcsHost nowhere -Id " + id));
    }

    [Theory]
    [InlineData("Get-HcsContainer -Owner ")]
    [InlineData("New-HcsContainer -Owner ")]
    public void Owners_once_each(string line)
    {
        string owner = "o-" + Session.NewId();
        string[] ids = [Session.NewId(), Session.NewId()];
        Session.Get("$ids | ForEach-Object { New-HcsContainer $_ -Owner $o }", ("ids", ids), ("o", owner));
        CompletionResult offer = Assert.Single(Complete(line + owner[..6]));
        Assert.Equal(owner, offer.CompletionText);
        Assert.All(ids, id => Assert.Contains(id + " Created", offer.ToolTip, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Stop-HcsProcess -ContainerId {0} -ProcessId ")]
    [InlineData("Stop-HcsProcess {0} ")]
    [InlineData("Get-HcsProcess {0} -ProcessId ")]
    [InlineData("Get-HcsProcess -Container $c -ProcessId ")]
    [InlineData("Get-HcsProcess $c ")]
    [InlineData("Send-HcsProcessInput {0} -ProcessId ")]
    public void Processes_of_the_container_given(string line)
    {
        dynamic container = Session.NewRunning();
        uint pid = Session.StartProcess(container, "sleep", "100").ProcessId;
        string before = string.Format(null, line, (string)container.Id);
        foreach (string typed in new[] { $"{pid}", "slee" })
        {
            Session.Runspace.SessionStateProxy.SetVariable("c", (object)container);
            CompletionResult offer = Assert.Single(Complete(before + typed));
            Assert.Equal($"{pid}", offer.CompletionText);
            Assert.Equal($"{pid} sleep", offer.ListItemText);
            Assert.StartsWith("sleep, since ", offer.ToolTip, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Stop-HcsProcess -ProcessId ")]
    [InlineData("Stop-HcsProcess -ContainerId nobody -ProcessId ")]
    [InlineData("Get-HcsProcess -Id 'x','y' -ProcessId ")]
    [InlineData("Get-HcsContainer -Id no-such-id")]
    public void Nothing_where_nothing_is_known(string line) => Assert.Empty(Offered(line));

    [Theory]
    [InlineData("Get-HcsContainer -HcsHost ")]
    [InlineData("Disconnect-HcsHost ")]
    [InlineData("Connect-HcsHost -Embedded -Name ")]
    public void Hosts(string line)
    {
        CompletionResult offer = Assert.Single(Complete(line + Session.HostName[..20]));
        Assert.Equal(Session.HostName, offer.CompletionText);
        Assert.StartsWith("Embedded host", offer.ToolTip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-HcsContainer web -ResourceType ", "MappedVirtualDisk", "Network")]
    [InlineData("Set-HcsContainer web -RequestType ", "Add", "Remove")]
    [InlineData("Get-HcsContainer -Type ", "Container", "VirtualMachine")]
    [InlineData("Get-HcsContainer -State P", "Paused")]
    [InlineData("Connect-HcsHost -Embedded -Isolation ", "Best", "Oci", "Process")]
    [InlineData("Test-HcsConfiguration '{}' -WindowsVersion S", "Server2016", "Server2019", "Server2022")]
    [InlineData("Test-HcsConfiguration '{}' -SchemaVersion ", "1", "2", "2.2", "2.3", "2.5", "2.6")]
    [InlineData("New-HcsContainer -SchemaVersion 2.", "2.2", "2.3", "2.5", "2.6")]
    [InlineData("Invoke-HcsProcess web ls -Encoding u", "unicode", "utf32", "utf8")]
    [InlineData("Receive-HcsProcessOutput -Encoding as", "ascii")]
    [InlineData("Test-HcsConfiguration '{}' -As ContainerC", "ContainerConfig")]
    public void Values_of_a_fixed_set(string line, params string[] values) =>
        Assert.Equal(values, Complete(line).Select(offer => offer.CompletionText).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_value_offered_is_taken()
    {
        Assert.All(Complete("Invoke-HcsProcess web ls -Encoding "), offer =>
            Session.Get($"Invoke-HcsProcess $c true -Encoding {offer.CompletionText}", ("c", (object)Session.NewRunning())));
        Assert.All(Complete("ConvertTo-HcsJson -SchemaVersion "), offer =>
            Session.Get($"ConvertTo-HcsJson @{{ Name = 'x' }} -SchemaVersion {offer.CompletionText}"));
    }

    [Theory]
    [InlineData("Enumerate", "DelaySec = 60", "Get-HcsContainer -Id ")]
    [InlineData("Enumerate", "DelaySec = 60", "Get-HcsContainer -Owner ")]
    [InlineData("Enumerate", "HResult = 'HCS_E_ACCESS_DENIED'", "Get-HcsContainer -Id ")]
    [InlineData("ProcessList", "DelaySec = 60", "Stop-HcsProcess {0} -ProcessId ")]
    [InlineData("ProcessList", "HResult = 'HCS_E_ACCESS_DENIED'", "Stop-HcsProcess {0} -ProcessId ")]
    public void A_host_that_is_slow_or_fails_is_not_waited_for_and_leaves_no_error(string operation, string fault, string line)
    {
        string id = Session.NewRunning().Id;
        Session.Get("$Error.Clear()");
        Plan($"Operation = '{operation}'; {fault}");
        DateTime begin = DateTime.UtcNow;
        Assert.Empty(Offered(string.Format(null, line, id)));
        Assert.InRange(DateTime.UtcNow - begin, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Empty(Session.Get("$Error"));
    }

    [Fact]
    public void Completing_chooses_no_host()
    {
        using var fresh = Session.WithoutHost();
        string id = Session.NewContainer().Id;
        Session.Get("Connect-HcsHost -Embedded -Name $n", ("n", Session.HostName));
        _ = Complete("Get-HcsContainer -Id " + id, fresh);
        using var other = new Session();
        Assert.Equal(other.HostName, (string)fresh.Single("Get-HcsHost").Name);
    }

    private IReadOnlyList<CompletionResult> Complete(string line, Session? session = null) =>
        [.. Offered(line, session).Where(offer => offer.ResultType == CompletionResultType.ParameterValue)];

    // Where a completer offers nothing, the engine goes on to the files of the folder.
    private IReadOnlyList<CompletionResult> Offered(string line, Session? session = null)
    {
        using var shell = PowerShell.Create((session ?? Session).Runspace);
        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, shell);
        return [.. completion.CompletionMatches.Where(m => m.ResultType is not (CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer))];
    }
}
