using System;
using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>
/// The environment a process starts with. As under HCS it is the environment of the container, not of the caller: a
/// runbook that relies on its own variables would fail on a real host, so it fails here too.
/// </summary>
internal static class ContainerEnvironment
{
    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>Builds the variables of the system, overridden by those of the document.</summary>
    /// <param name="files">The files of the sandbox the process will run in.</param>
    /// <param name="config">The document of the process.</param>
    /// <param name="hasConsole">True to tell programs the type of their console.</param>
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
