using System.Linq;
using System.Management.Automation.Language;

namespace HcsPowerShell.Shell;

/// <summary>Reads commands and runs them until the session ends: with a prompt or silently.</summary>
internal sealed class PromptLoop(
    ICommandSource source, PipelineRunner runner, ShellHost host, ConsoleOutput output)
{
    private const string Continuation = ">> ";
    private bool _lastCompleted = true;

    /// <summary>Runs until the end; false if an exception ended the last command, which <c>$?</c> may not tell.</summary>
    public bool Run()
    {
        while (host.RequestedExitCode is null && !host.LeavesNestedPrompt && RunNext())
        {
        }

        return _lastCompleted;
    }

    /// <summary>A prompt inside a command that waits; <c>exit</c> goes back to the command.</summary>
    public void RunNested()
    {
        Run();
        host.LeavesNestedPrompt = false;
    }

    /// <summary>Reads and runs one command; false at the end of the input.</summary>
    private bool RunNext()
    {
        output.EndLine();
        LineRead read = source.Read(source.HasPrompt ? Prompt() : string.Empty);
        string? text = read.Text;
        bool goesOn = text is not null && IsIncomplete(text);
        while (goesOn)
        {
            read = source.Read(source.HasPrompt ? Continuation : string.Empty);
            if (read.IsEndOfInput)
            {
                break;
            }

            text = read.Text is null ? null : $"{text}\n{read.Text}";
            goesOn = text is not null
                && (source.EndsBlockWithEmptyLine ? read.Text!.Trim().Length > 0 : IsIncomplete(text));
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            source.Remember(text);
            _lastCompleted = runner.Run(text);
        }

        return !read.IsEndOfInput;
    }

    private string Prompt() => runner.Evaluate("prompt") is { Length: > 0 } prompt ? prompt : "PS> ";

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
