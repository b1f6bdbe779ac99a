using System;
using System.IO;

namespace HcsPowerShell.Interop.Native;

/// <summary>Writes a path so that Windows takes it at any length.</summary>
internal static class LongPath
{
    // A folder has at most this many characters without the prefix, so that a short file name fits below it.
    private const int MostWithoutPrefix = 247;
    private const string Prefix = @"\\?\";
    private const string NetworkPrefix = @"\\?\UNC\";
    private const string Network = @"\\";

    /// <summary>Returns the path, with the prefix <c>\\?\</c> when it is a long path of Windows.</summary>
    /// <param name="path">Absolute path.</param>
    internal static string Of(string path) =>
        Path.DirectorySeparatorChar != '\\' || path.Length <= MostWithoutPrefix
            || path.StartsWith(Prefix, StringComparison.Ordinal) ? path
        : path.StartsWith(Network, StringComparison.Ordinal) ? NetworkPrefix + path.Substring(Network.Length)
        : Prefix + path;
}
