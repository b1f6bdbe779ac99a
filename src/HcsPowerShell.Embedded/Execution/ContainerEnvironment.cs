using System;
using System.Collections.Generic;
using System.IO;

namespace HcsPowerShell.Embedded.Execution;

/// <summary>
/// The environment a process starts with. As under HCS it is the container's, not the caller's: a runbook that leans on
/// its own variables would fail on a real host, so it fails here too.
/// </summary>
internal static class ContainerEnvironment
{
    private static readonly string[] s_unix =
        ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR"];

    private static readonly string[] s_windows =
    [
        "Path", "PATHEXT", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "USERPROFILE", "USERNAME",
        "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "NUMBER_OF_PROCESSORS", "OS",
        "PROCESSOR_ARCHITECTURE",
    ];

    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>The system's variables, with those of the document over them.</summary>
    /// <param name="added">Those of the document.</param>
    /// <param name="hasConsole">Programs are to know what their console understands.</param>
    public static IReadOnlyDictionary<string, string> Build(IReadOnlyDictionary<string, string>? added, bool hasConsole)
    {
        var environment = new Dictionary<string, string>(
            OnWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (string name in OnWindows ? s_windows : s_unix)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        if (hasConsole && !OnWindows)
        {
            environment["TERM"] = "xterm";
        }

        foreach (KeyValuePair<string, string> pair in added ?? new Dictionary<string, string>())
        {
            environment[pair.Key] = pair.Value;
        }

        return environment;
    }
}
