using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>Turns the paths that users type into the folders of layers.</summary>
internal static class LayerFolders
{
    /// <summary>
    /// The folders that match a path with wildcards. A folder of exactly that name is taken first; without wildcards the
    /// folder need not exist.
    /// </summary>
    /// <exception cref="LayerException">The path is none of the file system.</exception>
    public static IReadOnlyList<string> Matching(PathIntrinsics session, string path)
    {
        string literal = Literal(session, path);
        if (Directory.Exists(literal))
        {
            return [literal];
        }

        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Literal(session, WildcardPattern.Unescape(path))];
        }

        try
        {
            return [.. session.GetResolvedProviderPathFromPSPath(path, out _).Where(Directory.Exists)];
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The folder at an exact path, which need not exist.</summary>
    /// <exception cref="LayerException">The path is none of the file system.</exception>
    public static string Literal(PathIntrinsics session, string path)
    {
        try
        {
            string full = session.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : throw NoFolder(path);
        }
        catch (SessionStateException e)
        {
            throw NoFolder(path, e);
        }
    }

    private static LayerException NoFolder(string path, SessionStateException? cause = null) =>
        new(LayerProblem.NotFound, path, $"'{path}' is no path of the file system.", cause);
}
