using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace HcsPowerShell.Targets;

/// <summary>Finds the file that a command writes to, as Export-Csv does.</summary>
internal static class OutputFile
{
    /// <exception cref="IOException">
    /// The file exists and must not, its folder does not exist, or the path does not name one file.
    /// </exception>
    public static string Resolve(SessionState session, string given, bool isLiteral, bool noClobber)
    {
        string file = session.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
        if (!isLiteral && WildcardPattern.ContainsWildcardCharacters(given) && !File.Exists(file))
        {
            Collection<string> found = session.Path.GetResolvedProviderPathFromPSPath(given, out provider);
            file = found.Count == 1 ? found[0] : throw new IOException($"'{given}' matches {found.Count} files.");
        }

        return provider.Name != "FileSystem" ? throw new IOException("It is not a path of the file system.")
            : Directory.Exists(file) ? throw new IOException("It is a folder.")
            : !Directory.Exists(Path.GetDirectoryName(file)) ? throw new IOException("Its folder does not exist.")
            : noClobber && File.Exists(file) ? throw new IOException("It exists already.")
            : file;
    }
}
