using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace HcsPowerShell.Shell;

/// <summary>Where the engine's streams go: errors to standard error, all others to standard output.</summary>
internal sealed partial class ShellUserInterface(
    ConsoleOutput output,
    MissingCommandHint hint,
    LineEditor editor,
    bool nonInteractive) : PSHostUserInterface
{
    public ConsoleOutput Output => output;

    /// <summary>Set while a failure that ended a pipeline is shown: all of that text is error text.</summary>
    public bool WritesErrors { get; set; }

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    public override bool SupportsVirtualTerminal => output.SupportsVirtualTerminal;

    public override void Write(string value)
    {
        WriteHint();
        output.Write(value ?? string.Empty);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        PSStyle style = PSStyle.Instance;
        Write(style.Foreground.FromConsoleColor(foregroundColor) + style.Background.FromConsoleColor(backgroundColor)
            + value + style.Reset);
    }

    public override void WriteLine(string value)
    {
        if (WritesErrors)
        {
            WriteErrorLine(value);
        }
        else
        {
            Write((value ?? string.Empty) + Environment.NewLine);
        }
    }

    public override void WriteErrorLine(string value)
    {
        hint.ErrorLineWritten(value ?? string.Empty);
        output.WriteErrorLine(value ?? string.Empty);
    }

    public override void WriteWarningLine(string message) =>
        WriteStyledLine(PSStyle.Instance.Formatting.Warning, $"WARNING: {message}");

    public override void WriteVerboseLine(string message) =>
        WriteStyledLine(PSStyle.Instance.Formatting.Verbose, $"VERBOSE: {message}");

    public override void WriteDebugLine(string message) =>
        WriteStyledLine(PSStyle.Instance.Formatting.Debug, $"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => output.ShowProgress(sourceId, record);

    /// <summary>Completes a run of error lines with the hints that belong to it.</summary>
    public void WriteHint()
    {
        foreach (string line in hint.Take())
        {
            output.WriteErrorLine(line);
        }
    }

    private void WriteStyledLine(string style, string text) =>
        Write(style + text + PSStyle.Instance.Reset + Environment.NewLine);
}
