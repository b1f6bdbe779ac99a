namespace HcsPowerShell.Shell;

/// <summary>Commands typed at the terminal.</summary>
internal sealed class TerminalCommands(LineEditor editor) : ICommandSource
{
    public bool HasPrompt => true;

    public bool EndsBlockWithEmptyLine => false;

    public LineRead Read(string prompt) => editor.Read(prompt);

    public void Remember(string command)
    {
        foreach (string line in command.Split('\n'))
        {
            editor.Remember(line);
        }
    }
}
