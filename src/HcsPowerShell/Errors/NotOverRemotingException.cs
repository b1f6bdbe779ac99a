using System;

namespace HcsPowerShell.Errors;

/// <summary>A command, or one of its arguments, cannot go to another computer.</summary>
/// <param name="message">The reason.</param>
/// <param name="line">The line to type instead.</param>
internal sealed class NotOverRemotingException(string message, string line) : Exception(message)
{
    /// <summary>The line to type instead.</summary>
    public string Line => line;

    /// <summary>The command needs a terminal, which a session does not have.</summary>
    /// <param name="host">The host behind the session.</param>
    /// <param name="command">The command, as the user would type it there.</param>
    public static NotOverRemotingException NeedsTerminal(HcsHost host, string command) => new(
        "it needs a terminal, and a session has none.",
        $"ssh -t {host.Session!.Computer} pwsh -Command \"{command}\"");

    /// <summary>An argument names a file of this computer.</summary>
    /// <param name="host">The host behind the session.</param>
    /// <param name="command">The name of the command.</param>
    /// <param name="path">The file.</param>
    public static NotOverRemotingException ReadsFile(HcsHost host, string command, string path) => new(
        $"'{path}' is a file of this computer, and the command runs on '{host}'.",
        $"Import-HcsConfiguration '{path}' | {command} -HcsHost '{host}'");
}
