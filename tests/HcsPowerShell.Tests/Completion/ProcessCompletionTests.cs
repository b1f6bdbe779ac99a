using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Tests the completion of process ids, for the one container that is given.</summary>
public sealed class ProcessCompletionTests(Session session) : CompletingTests(session)
{
    [Theory]
    [InlineData("Stop-HcsProcess -ContainerId {0} -ProcessId ")]
    [InlineData("Stop-HcsProcess {0} ")]
    [InlineData("Stop-HcsProcess -ProcessId ^ -ContainerId {0}")]
    [InlineData("Get-HcsProcess {0} -ProcessId ")]
    [InlineData("Get-HcsProcess -Container $c -ProcessId ")]
    [InlineData("Get-HcsProcess -Container $list -ProcessId ")]
    [InlineData("Get-HcsProcess $c ")]
    [InlineData("Send-HcsProcessInput {0} -ProcessId ")]
    public void By_number_or_program(string line)
    {
        dynamic container = Session.NewRunning();
        uint pid = Session.StartProcess(container, "sleep", "100").ProcessId;
        string before = string.Format(null, line, (string)container.Id);
        foreach (string typed in new[] { $"{pid}", "slee" })
        {
            Session.Get("$list = @($c)", ("c", (object)container));
            string input = before.Contains('^', StringComparison.Ordinal) ? before.Replace("^", typed + "^") : before + typed;
            CompletionResult offer = Assert.Single(Complete(input));
            Assert.Equal($"{pid}", offer.CompletionText);
            Assert.Equal($"{pid} sleep", offer.ListItemText);
            Assert.StartsWith("sleep, since ", offer.ToolTip, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Stop-HcsProcess {0} ")]
    [InlineData("Wait-HcsProcess {0} ")]
    [InlineData("Send-HcsProcessInput {0} ")]
    [InlineData("Get-HcsProcess {0} ")]
    public void Before_anything_is_typed_at_the_position(string line)
    {
        dynamic container = Session.NewRunning();
        uint pid = Session.StartProcess(container, "sleep", "100").ProcessId;
        Assert.Contains(
            Complete(string.Format(null, line, (string)container.Id)), offer => offer.CompletionText == $"{pid}");
    }

    [Theory]
    [InlineData("Stop-HcsProcess -ProcessId ")]
    [InlineData("Get-HcsProcess -ProcessId ")]
    public void Of_all_containers_where_none_is_named(string line)
    {
        dynamic first = Session.NewRunning();
        dynamic second = Session.NewRunning();
        uint one = Session.StartProcess(first, "sleep", "100").ProcessId;
        uint two = Session.StartProcess(second, "sleep", "100").ProcessId;
        string[] shown = [.. System.Linq.Enumerable.Select(Complete(line + "slee"), offer => offer.ListItemText)];
        Assert.Contains($"{one} sleep ({first.Id})", shown);
        Assert.Contains($"{two} sleep ({second.Id})", shown);
    }

    [Fact]
    public void A_process_without_a_name_is_its_number()
    {
        (object host, GivenSystem service) = ServiceProxy.HostOf<GivenSystem>(Session);
        service.Properties = """{ "Id": "given", "ProcessList": [{ "ProcessId": 42 }] }""";
        Session.Runspace.SessionStateProxy.SetVariable("h", host);
        CompletionResult offer = Assert.Single(Complete("Stop-HcsProcess -HcsHost $h -ContainerId given -ProcessId "));
        Assert.Equal(("42", "42", "42"), (offer.CompletionText, offer.ListItemText, offer.ToolTip));
    }

    [Theory]
    [InlineData("Stop-HcsProcess -ContainerId nobody -ProcessId ")]
    [InlineData("Get-HcsProcess -Id 'x','y' -ProcessId ")]
    [InlineData("'x' | Get-HcsProcess -ProcessId ")]
    public void None_where_no_container_is_known(string line) => Assert.Empty(Offered(line));
}
