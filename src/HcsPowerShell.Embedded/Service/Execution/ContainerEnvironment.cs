using System;
using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>
/// The environment a process starts with. As under HCS it is the container's, not the caller's: a runbook that leans on
/// its own variables would fail on a real host, so it fails here too.
/// </summary>
internal static class ContainerEnvironment
{
    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>The system's variables, with those of the document over them.</summary>
    /// <param name="files">Those of the place the process will run in.</param>
    /// <param name="config">Its document.</param>
    /// <param name="hasConsole">Programs are to know what their console understands.</param>
    public static IReadOnlyDictionary<string, string> Build(ISandboxFiles files, ProcessConfig config, bool hasConsole)
    {
        var environment = new Dictionary<string, string>(
            OnWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        string? user = string.IsNullOrEmpty(config.User) ? null : config.User;
        foreach (KeyValuePair<string, string> pair in files.DefaultEnvironment(user))
        {
            environment[pair.Key] = pair.Value;
        }

        if (hasConsole && !OnWindows)
        {
            environment["TERM"] = "xterm";
        }

        foreach (KeyValuePair<string, string> pair in config.Environment ?? [])
        {
            environment[pair.Key] = pair.Value;
        }

        return environment;
    }
}
