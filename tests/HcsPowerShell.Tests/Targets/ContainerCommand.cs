using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command that takes containers, with the data to run it and to check its effect.</summary>
/// <param name="Text">The command with its arguments except the container.</param>
/// <param name="Needs">The state that the container must have; Busy means running with a process.</param>
/// <param name="Effect">The condition, as for every command with targets.</param>
public sealed record ContainerCommand(string Text, string Needs, string? Effect = null)
    : TargetCommand(Text, Effect), ITargetCommands<ContainerCommand>
{
    private const string State = "(Get-HcsContainer | Where-Object Id -eq $t.Id).State";

    public static IReadOnlyList<ContainerCommand> All { get; } =
    [
        new("Get-HcsContainer", "Running") { LooksOnAnyHost = true },
        new("Start-HcsContainer", "Created", State + " -eq 'Running'"),
        new("Stop-HcsContainer", "Running", $"-not {State}") { ForgivesGone = true },
        new("Suspend-HcsContainer", "Running", State + " -eq 'Paused'"),
        new("Resume-HcsContainer", "Paused", State + " -eq 'Running'"),
        new("Restart-HcsContainer", "Busy", "-not (Get-HcsProcess $t.Id)"),
        new("Close-HcsContainer", "Leased", $"-not {State}") { ForgivesStrangers = true, ForgivesGone = true },
        new("Wait-HcsContainer", "Stopped") { ForgivesGone = true },
        new("Get-HcsStatistics", "Running"),
        new("Show-HcsStatistics -SampleCount 1", "Running") { OutputPerTarget = 0 },
        new("Test-HcsPendingUpdate", "Running"),
        new("Get-HcsMappedVirtualDisk", "Running") { OutputPerTarget = 0 },
        new("Watch-HcsEvent -TimeoutSec 0", "Running") { OutputPerTarget = 0 },
        new(
            "Set-HcsContainer -ResourceType MappedVirtualDisk -RequestType Add -Settings @{ HostPath = 'd'; ContainerPath = '/d' }",
            "Running",
            "Get-HcsMappedVirtualDisk $t"),
        new("Get-HcsProcess", "Busy"),
        new("Start-HcsProcess -CommandLine 'sleep 100'", "Running", "Get-HcsProcess $t") { OutputPerTarget = 1 },
        new("Invoke-HcsProcess -CommandLine 'echo ran'", "Running") { TakesInput = true, PassesResult = true },
    ];

    public static string Parameter => "Container";

    public static string IdProperty => "Id";

    public static string ByIds => "$all.Id";

    public static IReadOnlyList<string> Arguments => ["-Id $all.Id", "-ContainerId $all.Id"];

    public static IReadOnlyList<Func<string, string>> ByObjects => [objects => $"-Id {objects}"];

    public static IReadOnlyList<string> Piped =>
        ["$all.Id", "($all | ForEach-Object { [pscustomobject]@{ ContainerId = $_.Id } })"];

    public static (string Targets, string Id) Stranger => ("-Id $all[0].Id, 'never-seen', $all[1].Id", "'never-seen'");

    /// <summary>True if -PassThru returns a result object instead of the target.</summary>
    public bool PassesResult { get; init; }

    /// <summary>True if a container that is known to have ended is no error.</summary>
    public bool ForgivesGone { get; init; }

    public override PSObject[] PrepareTwo(Session session) => [Prepare(session), Prepare(session)];

    /// <summary>Prepares a container on which the command can act.</summary>
    public PSObject Prepare(Session session)
    {
        string more = Needs switch
        {
            "Created" => string.Empty,
            "Paused" => "$c = $c | Start-HcsContainer -PassThru; Suspend-HcsContainer $c",
            "Stopped" => "Start-HcsContainer $c; Stop-HcsContainer $c",
            "Busy" => "Start-HcsContainer $c; $null = Start-HcsProcess $c 'sleep 100'",
            _ => "Start-HcsContainer $c",
        };
        string leased = Needs == "Leased" ? "$true" : "$false";
        return session.Get(
            $"$c = New-HcsContainer @{{ Name = $id; TerminateOnLastHandleClosed = {leased} }}; {more}; $c",
            ("id", Session.NewId())).Single();
    }
}
