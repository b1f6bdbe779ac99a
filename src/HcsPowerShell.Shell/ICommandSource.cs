namespace HcsPowerShell.Shell;

/// <summary>Where a prompt loop gets its lines.</summary>
internal interface ICommandSource
{
    bool HasPrompt { get; }

    /// <summary>Whether a command of several lines goes on to an empty line, as in pwsh's standard input.</summary>
    bool EndsBlockWithEmptyLine { get; }

    LineRead Read(string prompt);

    /// <summary>Keeps a command that was read for recall.</summary>
    void Remember(string command);
}
