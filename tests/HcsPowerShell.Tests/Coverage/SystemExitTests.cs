using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that the exit of a container is reported alike wherever it is shown.</summary>
public sealed class SystemExitTests(Session session) : IClassFixture<Session>
{
    private const string Get = "Get-HcsContainer given -HcsHost $h";

    // Receive-Job -Wait removes a job twice, and reports an error, if the job ends while the wait begins.
    private const string Receive = "Wait-Job | Receive-Job -Wait -AutoRemoveJob";

    private static readonly string[] s_waits =
    [
        "Wait-HcsContainer given -HcsHost $h",
        "Wait-HcsContainer given -Any -HcsHost $h",
        $"Wait-HcsContainer given -AsJob -HcsHost $h | {Receive}",
        "$null = Wait-HcsContainer given -HcsHost $h; Wait-HcsContainer given -HcsHost $h",
    ];

    private static readonly string[] s_containers =
    [
        "Stop-HcsContainer given -PassThru -HcsHost $h",
        "Stop-HcsContainer given -Force -Confirm:$false -PassThru -HcsHost $h",
        $"Stop-HcsContainer given -PassThru -AsJob -HcsHost $h | {Receive}",
        $"$c = {Get}; $null = Wait-HcsContainer $c; $c",
        $"$c = {Get}; Stop-HcsContainer $c; $c",
    ];

    // The document, and the output for it: an exit type and a status, each alone and both together.
    private static readonly (string Document, string Type, int Status, string Text)[] s_exits =
    [
        ("{}", "GracefulExit", 0, "GracefulExit"),
        ("""{"ExitType":"GracefulExit"}""", "GracefulExit", 0, "GracefulExit"),
        ("""{"ExitType":"ForcedExit"}""", "ForcedExit", 0, "ForcedExit"),
        ("""{"ExitType":"UnexpectedExit"}""", "UnexpectedExit", 0, "UnexpectedExit"),
        ("""{"ExitType":"None"}""", "None", 0, "None"),
        ("""{"ExitType":"Unknown"}""", "Unknown", 0, "Unknown"),
        ("""{"Status":1}""", "GracefulExit", 1, "GracefulExit (0x00000001)"),
        ("""{"Status":-1070137082}""", "UnexpectedExit", -1070137082, "UnexpectedExit (0xC0370106)"),
        ("""{"Status":-1,"ExitType":"ForcedExit"}""", "ForcedExit", -1, "ForcedExit (0xFFFFFFFF)"),
    ];

    public static TheoryData<string> Places => [.. s_waits, .. s_containers];

    /// <summary>Every place, combined with every exit.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string, int, string>> Shown =>
        from place in Places.Select(row => row.Data)
        from exit in s_exits
        select new TheoryDataRow<string, string, string, int, string>(place, exit.Document, exit.Type, exit.Status, exit.Text);

    /// <summary>Every place that shows a container, combined with every exit.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> Containers =>
        from place in s_containers
        from exit in s_exits
        select new TheoryDataRow<string, string, string>(place, exit.Document, exit.Type);

    [Theory]
    [MemberData(nameof(Shown))]
    public void It_has_its_kind_its_code_and_its_document(string place, string document, string type, int code, string text)
    {
        dynamic status = Status(place, system => system.ExitStatus = document);
        Assert.Equal(
            (type, code, text, "given"),
            ((string)status.ExitType, (int)status.Status, (string)status.ToString(), (string)status.ContainerId));
        Assert.All(
            document.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries),
            member => Assert.Contains(member, session.DocumentOf((object)status), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void One_that_cannot_be_read_is_unknown_and_keeps_its_text(string place)
    {
        dynamic status = Status(place, system =>
        {
            system.ExitStatus = """{"ExitType":"Unknown"}""";
            system.UnreadExit = "null";
        });
        Assert.Equal(("Unknown", "null"), ((string)status.ExitType, session.DocumentOf((object)status)));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void The_container_says_the_same(string place, string document, string type)
    {
        dynamic container = Single(place, system => system.ExitStatus = document);
        Assert.Equal(
            (type, "Stopped", true), ((string)container.ExitType, (string)container.State, (bool)container.Stopped));
    }

    private dynamic Status(string place, Action<GivenSystem> given)
    {
        dynamic shown = Single(place, given);
        return shown.GetType().Name == "HcsExitStatus" ? shown : shown.ExitStatus;
    }

    private dynamic Single(string place, Action<GivenSystem> given)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        system.Listing = """[{"Id":"given","State":"Running"}]""";
        system.Properties = """{"Id":"given","State":"Running"}""";
        given(system);
        return session.Single(place, ("h", host));
    }
}
