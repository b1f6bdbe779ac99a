using System.Linq;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests Ctrl+C and Stop-Job in each command that waits on another machine: it stops there too, and its session is as good as
/// before.
/// </summary>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetStopTests(Machines machines)
{
    internal const string Script = """
        $web = Get-HcsContainer web -HcsHost host8; $process = Start-HcsProcess $web 'sleep 1000' -CreateStdOutPipe -CreateStdInPipe
        $deaf = New-HcsContainer deaf -Start -HcsHost host8; $null = Start-HcsProcess $deaf "sh -c `"trap '' TERM; while :; do sleep 0.05; done`""
        $waits = [ordered]@{
            'Wait-HcsContainer' = '$web | Wait-HcsContainer'
            'Wait-HcsProcess' = '$process | Wait-HcsProcess'
            'Watch-HcsEvent' = '$web | Watch-HcsEvent'
            'Get-HcsStatistics' = '$web | Get-HcsStatistics -Continuous -IntervalSec 1000 -TimeoutSec 2000'
            'Receive-HcsProcessOutput' = '$process | Receive-HcsProcessOutput -Wait'
            'Send-HcsProcessInput' = 'Send-HcsProcessInput $process ([byte[]]::new(1MB))'
            'Invoke-HcsProcess' = 'Invoke-HcsProcess $web ''sleep 1000'''
            'Stop-HcsContainer' = '$deaf | Stop-HcsContainer -TimeoutSec 1000'
            'Restart-HcsContainer' = '$deaf | Restart-HcsContainer -TimeoutSec 1000'
        }
        '== waiting'; Get-Command -Module HcsPowerShell -CommandType Cmdlet | Where-Object { $_.Verb -in 'Wait', 'Watch', 'Receive', 'Send', 'Invoke' -or $_.Parameters.Keys -match '^(Wait|Continuous)$' } | ForEach-Object Name

        function Until($condition) {
            $limit = [DateTime]::UtcNow.AddMinutes(1)
            while (-not (& $condition) -and [DateTime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 20 }
        }
        function Busy { Until { $all.host8.Availability -eq 'Busy' } }
        function After {
            Until { $all.host8.Availability -eq 'Available' }; "$($all.host8.State) $($all.host8.Availability)"
            $job = Invoke-Command $all.host8 { 'it answers' } -AsJob; $null = Wait-Job $job -Timeout 60; Receive-Job $job; Stop-Job $job
        }
        $state = [initialsessionstate]::CreateDefault2(); $null = $state.ImportPSModule((Get-Module HcsPowerShell).Path)
        Get-Variable web, process, deaf | ForEach-Object { $state.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new($_.Name, $_.Value, '')) }
        $beside = [runspacefactory]::CreateRunspace($state); $beside.Open()
        foreach ($name in $waits.Keys) {
            "== stop $name"; $shell = [powershell]::Create($beside).AddScript($waits[$name])
            $null = $shell.BeginInvoke(); Busy; $shell.Stop(); "$($shell.InvocationStateInfo.State)"; $shell.Streams.Error; After
            if ((Get-Command $name).Parameters.ContainsKey('AsJob')) {
                $job = Invoke-Expression "$($waits[$name]) -AsJob"; Busy; Stop-Job $job; "job $($job.State)"; After
            }
        }
        $process | Stop-HcsProcess; $deaf | Stop-HcsContainer -Force

        """;

    private static readonly string[] s_waits =
    [
        "Wait-HcsContainer", "Wait-HcsProcess", "Watch-HcsEvent", "Get-HcsStatistics", "Receive-HcsProcessOutput", "Send-HcsProcessInput",
        "Invoke-HcsProcess", "Stop-HcsContainer", "Restart-HcsContainer",
    ];

    public static TheoryData<string> Waits => [.. s_waits];

    [Theory]
    [MemberData(nameof(Waits))]
    public void A_stop_here_stops_there(string command)
    {
        string[] lines = [.. machines.Lines("stop " + command)];
        Assert.Equal(["Stopped", "Opened Available", "it answers"], lines.Take(3));
        Assert.Contains(lines.Length, new[] { 3, 6 });
        Assert.Equal(lines.Length == 3 ? [] : ["job Stopped", "Opened Available", "it answers"], lines.Skip(3));
    }

    [Fact]
    public void Every_command_that_waits_is_stopped() => Assert.Empty(machines.Lines("waiting").Except(s_waits));
}
