using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The files of this machine, and those of its environment variables that belong to the system.</summary>
internal sealed class MachineFiles : ISandboxFiles
{
    private static readonly string[] s_unix =
        ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR"];

    private static readonly string[] s_windows =
    [
        "Path", "PATHEXT", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "USERPROFILE", "USERNAME",
        "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "NUMBER_OF_PROCESSORS", "OS",
        "PROCESSOR_ARCHITECTURE",
    ];

    private MachineFiles()
    {
    }

    public static MachineFiles Instance { get; } = new();

    public bool FileExists(string path) => File.Exists(path);

    public bool FolderExists(string path) => Directory.Exists(path);

    public IReadOnlyDictionary<string, string> DefaultEnvironment(string? user) =>
        (Path.DirectorySeparatorChar == '\\' ? s_windows : s_unix)
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Name, variable => variable.Value!);

    public void Dispose()
    {
    }
}
