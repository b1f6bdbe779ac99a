using System;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that isolation Process leaves nothing behind when the PowerShell process ends, however it ends.
/// </summary>
public sealed class LeftBehindTests
{
    private const string Script = """
        Connect-HcsHost -Embedded -Isolation Process
        $c = New-HcsContainer web -Start
        $null = Start-HcsProcess $c -CommandArg sh, -c, "trap '' TERM HUP INT; while :; do sleep 1; done"
        $lines = { "sleep 100 & echo `$!; setsid sh -c 'echo `$`$; exec sleep 100' & echo `$`$; wait" }
        Invoke-HcsProcess $c -CommandArg sh, -c, (& $lines)
        """;

    public LeftBehindTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");

    [Fact]
    public void A_killed_PowerShell_leaves_no_process_behind()
    {
        using var host = new Pwsh(Script);
        int[] processes = [.. Enumerable.Range(0, 3).Select(_ => int.Parse(host.ReadLine()!, CultureInfo.InvariantCulture))];
        Assert.All(processes, process => Assert.True(ProcessTable.IsAlive(process)));
        host.Kill();
        Assert.All(processes, ProcessTable.WaitUntilGone);
    }

    [Fact]
    public void A_PowerShell_that_ends_leaves_no_process_behind()
    {
        (var output, string error) = Pwsh.Run(
            "Connect-HcsHost -Embedded -Isolation Process; "
            + "$c = New-HcsContainer web -Start; (Start-HcsProcess $c 'sleep 100').ProcessId");
        Assert.Equal(string.Empty, error);
        ProcessTable.WaitUntilGone(int.Parse(output[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Removing_the_module_ends_nothing()
    {
        using var session = new Session();
        dynamic process = session.StartProcess(session.NewRunning(), "sleep", "100");
        session.Get("Remove-Module HcsPowerShell");
        Assert.True(ProcessTable.IsAlive((int)(uint)process.ProcessId));
        session.Get("Import-Module $m", ("m", StagedModule.Manifest));
        Assert.Single(session.Get("Get-HcsProcess $p.ContainerId", ("p", process)));
    }
}
