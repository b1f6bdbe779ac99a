using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>Turns the paths that users type into the files of virtual machines.</summary>
internal static class MachineFiles
{
    /// <summary>The files that match a path with wildcards. A file of exactly that name is taken first.</summary>
    /// <exception cref="VirtualDiskException">There is none.</exception>
    public static IReadOnlyList<string> Matching(PathIntrinsics session, string path)
    {
        string literal = Literal(session, path);
        if (File.Exists(literal))
        {
            return [literal];
        }

        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Literal(session, WildcardPattern.Unescape(path))];
        }

        string[] found = [];
        try
        {
            found = [.. session.GetResolvedProviderPathFromPSPath(path, out _).Where(File.Exists)];
        }
        catch (ItemNotFoundException)
        {
        }

        return found.Length > 0 ? found : throw NoFile(path, $"No file matches '{path}'.");
    }

    /// <summary>The file at an exact path, which need not exist.</summary>
    /// <exception cref="VirtualDiskException">The path is none of the file system.</exception>
    public static string Literal(PathIntrinsics session, string path)
    {
        try
        {
            string full = session.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : throw NoFile(path, $"'{path}' is no path of the file system.");
        }
        catch (SessionStateException e)
        {
            throw NoFile(path, $"'{path}' is no path of the file system.", e);
        }
    }

    private static VirtualDiskException NoFile(string path, string message, SessionStateException? cause = null) =>
        new(VirtualDiskProblem.NotFound, path, message, cause);
}
