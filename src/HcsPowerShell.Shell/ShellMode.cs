namespace HcsPowerShell.Shell;

internal enum ShellMode
{
    /// <summary>Read commands with a prompt: from the terminal, or from standard input if that is redirected.</summary>
    Prompt,

    /// <summary>Read commands from standard input without a prompt.</summary>
    Input,

    File,
    Command,
    Version,
    Help,
}
