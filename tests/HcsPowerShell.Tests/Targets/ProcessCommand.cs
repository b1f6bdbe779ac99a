using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command that takes processes, with what it takes to run it and to see that it has acted.</summary>
/// <param name="Text">The command with its arguments except the process.</param>
/// <param name="Runs">The shell script the process has to run.</param>
/// <param name="Effect">A condition about the process <c>$t</c> that holds once the command has acted; null where it
/// only reads.</param>
internal sealed record ProcessCommand(string Text, string Runs, string? Effect = null)
{
    private const string HasNoPipe =
        "$(try { $null = Receive-HcsProcessOutput $t -ErrorAction Stop; $false } catch { $_.FullyQualifiedErrorId -like 'HcsNoPipe*' })";

    public static IReadOnlyList<ProcessCommand> All { get; } =
    [
        new("Stop-HcsProcess", "sleep 100", "$t.HasExited"),
        new("Wait-HcsProcess", "exit 3"),
        new("Send-HcsProcessInput -Close", "cat", "$t.HasExited") { TakesInput = true },
        new("Receive-HcsProcessOutput -Wait", "echo out"),
        new("Resize-HcsConsole -Width 132 -Height 43", "while [ \"$(stty size)\" = '25 80' ]; do sleep 0.05; done", "$t.HasExited")
        {
            HasConsole = true,
        },
        new("Close-HcsProcess", "sleep 100", HasNoPipe) { ForgivesStrangers = true },
    ];

    public string Name => Text.Split(' ')[0];

    /// <summary>The pipeline is the process's input.</summary>
    public bool TakesInput { get; init; }

    /// <summary>The process needs a console, of 80 columns and 25 lines.</summary>
    public bool HasConsole { get; init; }

    /// <summary>An id the host does not know is no error.</summary>
    public bool ForgivesStrangers { get; init; }

    /// <summary>The command on the targets that an expression names: <c>Stop-HcsProcess -Process $all</c>.</summary>
    public string On(string target) => $"{Name} {target} {Text[Name.Length..]}";

    /// <summary>The command on what is piped in: <c>$all | Stop-HcsProcess</c>.</summary>
    public string From(string targets) => $"{targets} | {Text}";

    /// <summary>Two processes of one container that the command can act on.</summary>
    public PSObject[] Prepare(Session session)
    {
        string console = HasConsole ? "-EmulateConsole -ConsoleSize 25, 80" : string.Empty;
        return [.. session.Get(
            $"1..2 | ForEach-Object {{ Start-HcsProcess $c -CommandArg sh, -c, $s -CreateStdInPipe -CreateStdOutPipe {console} }}",
            ("c", (object)session.NewRunning()), ("s", Runs))];
    }

    public bool HasActed(Session session, object target) =>
        LanguagePrimitives.IsTrue(session.Get($"[bool]({Effect})", ("t", target)).Single());

    public override string ToString() => Text;
}
