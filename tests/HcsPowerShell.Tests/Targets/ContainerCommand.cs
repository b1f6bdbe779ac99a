using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command that takes containers, with what it takes to run it and to see that it has acted.</summary>
/// <param name="Text">The command with its arguments except the container.</param>
/// <param name="Needs">The state the container has to be in; Busy is running with a process.</param>
/// <param name="Effect">A condition about the container <c>$t</c> that holds once the command has acted; null where it
/// only reads.</param>
internal sealed record ContainerCommand(string Text, string Needs, string? Effect = null)
{
    private const string State = "(Get-HcsContainer | Where-Object Id -eq $t.Id).State";

    public static IReadOnlyList<ContainerCommand> All { get; } =
    [
        new("Get-HcsContainer", "Running"),
        new("Start-HcsContainer", "Created", State + " -eq 'Running'"),
        new("Stop-HcsContainer", "Running", $"-not {State}") { ForgivesGone = true },
        new("Suspend-HcsContainer", "Running", State + " -eq 'Paused'"),
        new("Resume-HcsContainer", "Paused", State + " -eq 'Running'"),
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

    public string Name => Text.Split(' ')[0];

    private string Arguments => Text[Name.Length..];

    /// <summary>Objects a reading command gives for each target.</summary>
    public int OutputPerTarget { get; init; } = Effect is null ? 1 : 0;

    /// <summary>The pipeline is the process's input.</summary>
    public bool TakesInput { get; init; }

    /// <summary>With -PassThru it gives a result of its own, not the target.</summary>
    public bool PassesResult { get; init; }

    /// <summary>An id the host does not know is no error.</summary>
    public bool ForgivesStrangers { get; init; }

    /// <summary>A container that is known to have ended is no error.</summary>
    public bool ForgivesGone { get; init; }

    /// <summary>The command on the targets that an expression names: <c>Stop-HcsContainer -Id $ids -Force</c>.</summary>
    public string On(string target) => $"{Name} {target} {Arguments}";

    /// <summary>The command on what is piped in: <c>$ids | Stop-HcsContainer -Force</c>.</summary>
    public string From(string targets) => $"{targets} | {Text}";

    /// <summary>A container the command can act on.</summary>
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

    public bool HasActed(Session session, object target) =>
        LanguagePrimitives.IsTrue(session.Get($"[bool]({Effect})", ("t", target)).Single());

    public override string ToString() => Text;
}
