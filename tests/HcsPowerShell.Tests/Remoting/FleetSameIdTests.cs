using System.Linq;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests each command that changes a container or a process on three hosts with the same container, one of them in this
/// process: it acts on the host meant and leaves the others as they are. A new command is taken in by itself.
/// </summary>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetSameIdTests(Machines machines)
{
    internal const string Script = """
        $others = 'host6', 'lab'
        function Prepare($command) {
            foreach ($name in @('host5') + $others) {
                Get-HcsContainer -HcsHost $name | Stop-HcsContainer -Force
                $web = New-HcsContainer web -HcsHost $name
                if ($command -ne 'Start-HcsContainer') {
                    $web | Start-HcsContainer; $null = $web | Start-HcsProcess -CommandLine 'sleep 1000' -CreateStdInPipe
                }
                if ($command -eq 'Resume-HcsContainer') { $web | Suspend-HcsContainer }
            }
        }
        function States($names) {
            foreach ($name in $names) {
                "$(Get-HcsContainer -HcsHost $name | ForEach-Object { "$($_.Id) $($_.State)" }) $(Get-HcsContainer -HcsHost $name -State Running | Get-HcsProcess | ForEach-Object ProcessId)"
            }
        }
        '== same id'
        foreach ($command in Get-Command -Module HcsPowerShell -CommandType Cmdlet) {
            $set = $command.ParameterSets | Where-Object { (TargetOf $_).ParameterType.Name -match '^Hcs(Container|Process)' } | Select-Object -First 1
            if (-not $set -or -not $command.Parameters.ContainsKey('WhatIf') -or $command.Name -eq 'Enter-HcsContainer') { continue }
            Prepare $command.Name; $target = TargetOf $set; $arguments = ArgumentsOf $command $set $target; $arguments.Confirm = $false
            $arguments[$target.Name] = if ($target.ParameterType.Name -like 'HcsProcess*') { (Get-HcsProcess web -HcsHost host5)[0] } else { Get-HcsContainer web -HcsHost host5 }
            $before = States $others; $meant = States host5
            $told = try { & $command @arguments -Verbose *>&1 | Tell } catch { $_ | Tell }
            $result = if ((States host5) -ne $meant) { 'changes' } else { 'stays' }
            $place = if ("$told" -match '\[host5\]') { 'there' } else { "elsewhere: $told" }
            $rest = if ("$(States $others)" -eq "$before") { 'others stay' } else { "others were $before, are $(States $others)" }
            "$($command.Name): $result, $place, $rest"
        }
        Prepare

        """;

    private static readonly string[] s_change =
    [
        "Restart-HcsContainer", "Resume-HcsContainer", "Start-HcsContainer", "Start-HcsProcess", "Stop-HcsContainer", "Stop-HcsProcess",
        "Suspend-HcsContainer",
    ];

    [Fact]
    public void A_command_acts_on_the_host_meant_alone()
    {
        string[] commands = [.. machines.Lines("same id").Select(line => line.Split(':')[0])];
        Assert.Subset(commands.ToHashSet(), s_change.ToHashSet());
        Assert.Equal(
            commands.Select(name => $"{name}: {(s_change.Contains(name) ? "changes" : "stays")}, there, others stay"),
            machines.Lines("same id"));
    }
}
