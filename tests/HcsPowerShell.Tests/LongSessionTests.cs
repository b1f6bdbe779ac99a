using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that a session keeps no more data after many containers than after a few.</summary>
[WideStage]
public sealed class LongSessionTests
{
    // The module remembers the last four thousand exits, and the engine has its own histories and caches.
    private const double MegabytesOfSlack = 24;

    private const int Portion = 50;

    /// <summary>
    /// Each life has a process whose output is read, and a process with three pipes that the script neither reads nor
    /// closes.
    /// </summary>
    private const string Lives = """
        foreach ($i in 1..$lives) {
            $c = New-HcsContainer -Start
            if ((Invoke-HcsProcess $c 'echo x') -ne 'x') { throw 'its output' }
            $null = Start-HcsProcess $c 'true' -CreateStdInPipe -CreateStdOutPipe -CreateStdErrPipe | Wait-HcsProcess
            Stop-HcsContainer $c -Force
        }
        """;

    [Fact]
    public Task Twelve_hundred_lives_leave_what_two_hundred_leave() => CompareAsync("Process", first: 200, then: 1000);

    [Fact]
    public Task Lives_of_runc_leave_nothing_each()
    {
        OciMachine.SkipUnlessPossible();
        return CompareAsync("Oci", first: 20, then: 60);
    }

    private static Task CompareAsync(string isolation, int first, int then)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts descriptors as Linux lists them.");
        return OwnProcess.RunAsync(
            () =>
            {
                Compare(isolation, first, then);
                return Task.CompletedTask;
            },
            isolation);
    }

    private static void Compare(string isolation, int first, int then)
    {
        using var session = Session.WithoutHost();
        session.Get($"Connect-HcsHost -Embedded -Isolation {isolation} -Name {session.HostName}");
        Live(session, first);
        long memory = Memory();
        var resources = new ProcessResources();
        Live(session, then);
        Poll.Until(() => !resources.Since.Any(), "nothing of the containers to be left");
        Assert.InRange((Memory() - memory) / 1e6, double.MinValue, Math.Min(MegabytesOfSlack, 0.05 * then));
    }

    // Runs in portions, so that no step of a test takes long.
    private static void Live(Session session, int lives)
    {
        for (int left = lives; left > 0; left -= Portion)
        {
            session.Get(Lives, ("lives", Math.Min(left, Portion)));
        }
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
