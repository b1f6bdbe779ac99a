using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command that takes processes, with the data to run it and to check its effect.</summary>
/// <param name="Text">The command with its arguments except the process.</param>
/// <param name="Runs">The shell script that the process must run.</param>
/// <param name="Effect">The condition, as for every command with targets.</param>
public sealed record ProcessCommand(string Text, string Runs, string? Effect = null)
    : TargetCommand(Text, Effect), ITargetCommands<ProcessCommand>
{
    private const string HasNoPipe =
        "$(try { $null = Receive-HcsProcessOutput $t -ErrorAction Stop; $false } catch { $_.FullyQualifiedErrorId -like 'HcsNoPipe*' })";

    // The processes live as long as the session: one that asked again and again for its size would keep a processor busy.
    // The size may have changed before the trap was set. The process goes on, for an exit can overtake the call.
    private const string TellsNewSize =
        "trap 'stty size' WINCH; [ \"$(stty size)\" = '25 80' ] || stty size; sleep 100 & wait; wait";

    public static IReadOnlyList<ProcessCommand> All { get; } =
    [
        new("Stop-HcsProcess", "sleep 100", "$t.HasExited"),
        new("Wait-HcsProcess", "exit 3"),
        new("Send-HcsProcessInput -Close", "cat", "$t.HasExited") { TakesInput = true },
        new("Receive-HcsProcessOutput -Wait", "echo out"),
        new("Resize-HcsConsole -Width 132 -Height 43", TellsNewSize, "(Receive-HcsProcessOutput $t) -contains '43 132'")
        {
            HasConsole = true,
        },
        new("Close-HcsProcess", "sleep 100", HasNoPipe) { ForgivesStrangers = true },
    ];

    public static string Parameter => "Process";

    public static string IdProperty => "ProcessId";

    public static string ByIds => "-ContainerId $all[0].ContainerId -ProcessId $all.ProcessId";

    public static IReadOnlyList<string> Arguments => ["$all[0].ContainerId $all.ProcessId"];

    public static IReadOnlyList<Func<string, string>> ByObjects =>
        [objects => $"-ContainerId ($d = {objects})[0] -ProcessId $d.ProcessId"];

    public static IReadOnlyList<string> Piped =>
        ["($all | ForEach-Object { [pscustomobject]@{ ContainerId = $_.ContainerId; Pid = $_.ProcessId } })"];

    public static (string Targets, string Id) Stranger =>
        ("$all[0].ContainerId $all[0].ProcessId, 4000000000, $all[1].ProcessId", "4000000000");

    /// <summary>True if the process needs a console, of 80 columns and 25 lines.</summary>
    public bool HasConsole { get; init; }

    /// <summary>Prepares two processes of one container on which the command can act.</summary>
    public override PSObject[] PrepareTwo(Session session)
    {
        string console = HasConsole ? "-EmulateConsole -ConsoleSize 25, 80" : string.Empty;
        return [.. session.Get(
            $"1..2 | ForEach-Object {{ Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdInPipe -CreateStdOutPipe {console} }}",
            ("c", (object)session.NewRunning()), ("s", Runs))];
    }
}
