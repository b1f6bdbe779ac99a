using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that the exit of a process is reported alike wherever it is shown.</summary>
public sealed class ProcessExitTests(Session session) : IClassFixture<Session>
{
    private const string Start = "Start-HcsProcess -Id given a -HcsHost $h";
    private const string Receive = "Wait-Job | Receive-Job -Wait -AutoRemoveJob";

    private static readonly string[] s_places =
    [
        Start,
        Start + " | Wait-HcsProcess",
        Start + " | Wait-HcsProcess -Any",
        $"{Start} | Wait-HcsProcess -AsJob | {Receive}",
        Start + " | Stop-HcsProcess -PassThru",
        "Wait-HcsProcess given 42 -HcsHost $h",
        "Stop-HcsProcess given 42 -PassThru -HcsHost $h",
        "Invoke-HcsProcess given a -PassThru -HcsHost $h",
        $"Invoke-HcsProcess given a -PassThru -AsJob -HcsHost $h | {Receive}",
    ];

    private static readonly (string Members, bool OutOfMemory, long? ExitCode)[] s_exits =
    [
        ("\"ExitCode\":0", false, 0),
        ("\"ExitCode\":3", false, 3),
        ("\"ExitCode\":4294967295", false, 4294967295),
        ("\"ExitCode\":137", true, 137),
        ("\"ExitCode\":3,\"LastWaitResult\":-2147024890", false, null),
    ];

    /// <summary>Every place, combined with every exit.</summary>
    public static IEnumerable<TheoryDataRow<string, string, bool, long?>> Shown =>
        from place in s_places
        from exit in s_exits
        select new TheoryDataRow<string, string, bool, long?>(place, exit.Members, exit.OutOfMemory, exit.ExitCode);

    [Theory]
    [MemberData(nameof(Shown))]
    public void It_has_its_code_and_says_whether_its_memory_was_used_up(
        string place, string members, bool isOutOfMemory, long? exitCode)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        system.ProcessStatus = $$"""{ "ProcessId": 42, "Exited": true, {{members}} }""";
        system.IsOutOfMemory = isOutOfMemory;
        dynamic shown = session.Get(place, ("h", host))[^1].BaseObject;
        Assert.Equal(
            (42u, exitCode, isOutOfMemory), ((uint)shown.ProcessId, (long?)shown.ExitCode, (bool)shown.IsOutOfMemory));
    }
}
