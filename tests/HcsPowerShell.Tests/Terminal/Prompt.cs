using System;
using System.Threading;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>
/// The prompt of PowerShell with its line editor, in a terminal of 71 x 24, and a running container c.
/// </summary>
public sealed class Prompt : IDisposable
{
    /// <summary>The end of the prompt, which distinguishes it from typed text.</summary>
    public const string Text = "ready> ";

    // The line editor keeps a history, and would suggest text that other tests typed.
    private readonly TemporaryFolder _history = new();
    private readonly PseudoTerminal _terminal;

    public Prompt(params (string Name, string Value)[] environment)
    {
        const string Begin = "function prompt { 'rea' + 'dy> ' }; $null = New-HcsContainer c -Start";
        _terminal = new PseudoTerminal(
            new PwshStart("-NoExit", "-Command", Begin)
            {
                Environment = [("HCS_HOST", "embedded"), ("XDG_DATA_HOME", _history.Path), .. environment],
            },
            width: 71,
            height: 24);
        ReadUntil(Text);
    }

    public string Type(string keys, string then) => _terminal.Type(keys, then);

    /// <summary>Types Ctrl+C at a question; PowerShell ignores it until it reads the answer.</summary>
    public void BreakQuestion()
    {
        _terminal.WaitUntilAsked();
        Thread.Sleep(200);
        _terminal.TypeUntil(PseudoTerminal.CtrlC, Text);
    }

    public string ReadUntil(string text) => _terminal.ReadUntil(text);

    public void ReadUntilQuiet() => _terminal.ReadUntilQuiet();

    public int WaitForExit() => _terminal.WaitForExit();

    public void Dispose()
    {
        _terminal.Dispose();
        _history.Dispose();
    }
}
