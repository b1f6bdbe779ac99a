using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Campaigns;

/// <summary>
/// Kills PowerShell at random points of the life of a container. Its guardian cleans up. If the guardian is killed too,
/// the next host of the isolation cleans up.
/// </summary>
[WideStage]
public sealed class KilledSessionTests
{
    private const int Seed = 20261129;
    private const string Guardian = "hcs-guardian";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Process", true)]
    [InlineData("Process", false)]
    [InlineData("Oci", true)]
    [InlineData("Oci", false)]
    public void Nothing_is_left_wherever_it_was_killed(string isolation, bool hasGuardian)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        if (isolation == "Oci")
        {
            OciMachine.SkipUnlessPossible();
        }

        var random = new Random(Seed + isolation.Length + (hasGuardian ? 1 : 0));
        TimeSpan life = Live(isolation, NewMark(random));
        var time = Stopwatch.StartNew();
        int inTime = 0;
        for (int point = 0; point < Campaign.Factor; point++)
        {
            string mark = NewMark(random);
            TimeSpan after = life * random.NextDouble();
            inTime += Kill(isolation, mark, after, hasGuardian) ? 1 : 0;
            if (!hasGuardian)
            {
                LiveInNextHost(isolation);
            }

            string[] left = [];
            bool isClean = SpinWait.SpinUntil(() => (left = [.. HostTraces.OfTheDead(mark)]).Length == 0, s_limit);
            Assert.True(isClean, $"Killed {after.TotalMilliseconds:0} of {life.TotalMilliseconds:0} ms after its begin: {string.Join("; ", left)}");
        }

        Campaign.Tell(
            $"kills, {isolation}, {(hasGuardian ? "with" : "without")} guardian: {Campaign.Factor} points of {life.TotalSeconds:0.0} s, "
            + $"{inTime} before its end, in {time.Elapsed.TotalSeconds:0} s");
    }

    [Fact]
    public void What_a_killed_session_leaves_would_be_seen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        string mark = NewMark(new Random());
        using Process process = Process.Start("sleep", mark);
        DirectoryInfo? folder = Environment.IsPrivilegedProcess ? Directory.CreateDirectory("/var/lib/hcspowershell/0000" + mark) : null;
        try
        {
            Assert.Equal(folder is null ? 1 : 2, HostTraces.OfTheDead(mark).Count(trace => trace.Contains(mark, StringComparison.Ordinal)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            folder?.Delete();
        }
    }

    private static string NewMark(Random random) => random.Next(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns a script with the main operations; the mark is in the command lines of its processes.</summary>
    private static string Script(string isolation, string mark) => $$"""
        Connect-HcsHost -Embedded -Isolation {{isolation}}
        'begin'
        $c = New-HcsContainer
        Start-HcsContainer $c
        $p = Start-HcsProcess $c 'sleep {{mark}}'
        $null = Invoke-HcsProcess $c -CommandArg sh, -c, 'sleep {{mark}} >&- 2>&- & echo $0', {{mark}}
        $null = Get-HcsStatistics $c
        Suspend-HcsContainer $c
        Resume-HcsContainer $c
        $job = Wait-HcsContainer $c -AsJob
        Stop-HcsProcess $p
        Stop-HcsContainer $c
        ($job | Wait-Job | Receive-Job).ExitType
        """;

    private static TimeSpan Live(string isolation, string mark)
    {
        using var pwsh = new Pwsh(Script(isolation, mark));
        Assert.Equal("begin", pwsh.ReadLine());
        var time = Stopwatch.StartNew();
        Assert.Equal("GracefulExit", pwsh.ReadLine());
        TimeSpan life = time.Elapsed;
        Assert.Equal(string.Empty, pwsh.ReadToEnd().Error);
        return life;
    }

    /// <summary>Kills a session; true if it was killed before its end.</summary>
    private static bool Kill(string isolation, string mark, TimeSpan after, bool hasGuardian)
    {
        using var pwsh = new Pwsh(Script(isolation, mark));
        Assert.Equal("begin", pwsh.ReadLine());
        Thread.Sleep(after);
        if (!hasGuardian)
        {
            foreach (int guardian in ProcessTable.ChildrenOf(pwsh.ProcessId, Guardian))
            {
                Process.GetProcessById(guardian).Kill();
            }
        }

        pwsh.Kill();
        return pwsh.ReadLine() is null;
    }

    private static void LiveInNextHost(string isolation)
    {
        using Session session = Session.WithoutHost();
        session.Connect($"-Isolation {isolation} -Name {session.HostName}");
        session.Get("New-HcsContainer -Start | Stop-HcsContainer -Force");
    }
}
