using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace HcsPowerShell.Shell;

/// <summary>Standard output and standard error, one writer at a time, with the progress line kept out of their way.</summary>
internal sealed class ConsoleOutput : IDisposable
{
    private const string NormalKeys = "\e[?1l\e>";
    private readonly Lock _gate = new();
    private readonly ProgressLine? _progress;
    private bool _isAtLineStart = true;

    public ConsoleOutput()
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        SupportsVirtualTerminal = !Console.IsOutputRedirected && !isDumb;
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is not null)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        if (SupportsVirtualTerminal)
        {
            _progress = new ProgressLine(_gate, () => _isAtLineStart);
        }
    }

    /// <summary>Whether standard output is a terminal that takes control sequences.</summary>
    public bool SupportsVirtualTerminal { get; }

    /// <summary>The columns a line has. A file or a pipe has none, so pwsh's number is used.</summary>
    public static int Width => !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : 120;

    public void Write(string text) => Write(Console.Out, text, SupportsVirtualTerminal);

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void WriteErrorLine(string text) => Write(
        Console.Error, text + Environment.NewLine, SupportsVirtualTerminal && !Console.IsErrorRedirected);

    /// <summary>Ends a line that a command or a program has left open.</summary>
    public void EndLine()
    {
        if (!_isAtLineStart)
        {
            WriteLine(string.Empty);
        }
    }

    public void ShowProgress(long sourceId, ProgressRecord record) => _progress?.Show(sourceId, record);

    public void ClearProgress() => _progress?.Clear();

    /// <summary>Writes control sequences to the terminal as they are.</summary>
    public void Draw(string sequences)
    {
        lock (_gate)
        {
            Console.Out.Write(sequences);
            _isAtLineStart = false;
        }
    }

    /// <summary>The user has ended the line by typing; nothing was written.</summary>
    public void LineWasEnded() => _isAtLineStart = true;

    public void Dispose()
    {
        _progress?.Dispose();
        if (SupportsVirtualTerminal && !OperatingSystem.IsWindows())
        {
            // The runtime's console switches the arrow keys to application mode and leaves them so.
            Draw(NormalKeys);
        }
    }

    private void Write(TextWriter writer, string text, bool virtualTerminal)
    {
        if (text.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _progress?.Erase();
            writer.Write(Plain(text, virtualTerminal));
            _isAtLineStart = text.EndsWith('\n');
        }
    }

    /// <summary>What a writer that is no terminal gets, whatever $PSStyle says for the other one.</summary>
    private static string Plain(string text, bool virtualTerminal) =>
        PSHostUserInterface.GetOutputString(text, virtualTerminal);
}
