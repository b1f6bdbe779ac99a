using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>Finds the executable file of a command on the PATH of the container.</summary>
internal static class ExecutableSearch
{
    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Gets the absolute path of the executable, or null when there is none.</summary>
    public static string? Find(
        string command,
        string workingDirectory,
        IReadOnlyDictionary<string, string> environment,
        ISandboxFiles files)
    {
        IEnumerable<string> folders = command.IndexOfAny(s_separators) >= 0
            ? [workingDirectory]
            : SearchPath(environment);
        return folders
            .Select(folder => Path.GetFullPath(Path.Combine(folder, command)))
            .SelectMany(path => Candidates(path, environment))
            .FirstOrDefault(files.FileExists);
    }

    private static IEnumerable<string> SearchPath(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue("PATH", out string? path)
            ? path.Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            : [];

    private static IEnumerable<string> Candidates(string path, IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue("PATHEXT", out string? extensions) && Path.DirectorySeparatorChar == '\\'
            ? [path, .. extensions.Split(';').Select(extension => path + extension)]
            : [path];
}
