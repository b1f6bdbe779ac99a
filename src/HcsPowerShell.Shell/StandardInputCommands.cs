using System;

namespace HcsPowerShell.Shell;

/// <summary>Commands from a file or a pipe; with a prompt they are echoed, as pwsh does.</summary>
internal sealed class StandardInputCommands(ConsoleOutput output, bool hasPrompt) : ICommandSource
{
    public bool HasPrompt => hasPrompt;

    public bool EndsBlockWithEmptyLine => true;

    public LineRead Read(string prompt)
    {
        output.Write(prompt);
        if (Console.In.ReadLine() is not { } line)
        {
            return LineRead.EndOfInput;
        }

        if (hasPrompt)
        {
            output.WriteLine(line);
        }

        return new LineRead(line, IsEndOfInput: false);
    }

    public void Remember(string command)
    {
        // Nobody can recall a line of a file.
    }
}
