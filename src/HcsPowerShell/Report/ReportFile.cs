using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace HcsPowerShell.Report;

/// <summary>Finds and writes the file of a report, as Export-Csv does.</summary>
internal static class ReportFile
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
            : !Directory.Exists(Path.GetDirectoryName(file)) ? throw new IOException("Its folder does not exist.")
            : noClobber && File.Exists(file) ? throw new IOException("It exists already.")
            : file;
    }

    public static void Write(string file, string text, bool force, bool noClobber)
    {
        FileAttributes? readOnly = null;
        if (force && File.Exists(file) && (File.GetAttributes(file) & FileAttributes.ReadOnly) != 0)
        {
            readOnly = File.GetAttributes(file);
            File.SetAttributes(file, readOnly.Value & ~FileAttributes.ReadOnly);
        }

        try
        {
            using var stream = new FileStream(file, noClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write);
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(text);
        }
        finally
        {
            if (readOnly is { } before)
            {
                File.SetAttributes(file, before);
            }
        }
    }
}
