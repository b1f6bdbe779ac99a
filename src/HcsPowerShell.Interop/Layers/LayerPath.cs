using System;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Interop.Layers;

/// <summary>The paths of layers: absolute, without a separator at the end.</summary>
internal static class LayerPath
{
    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Compares paths as the system does that they are of.</summary>
    public static StringComparer Comparer { get; } =
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>True when two paths name the same folder, a separator at their ends aside.</summary>
    public static bool Same(string first, string second) => Comparer.Equals(Plain(first), Plain(second));

    /// <summary>Returns the path without a separator at its end.</summary>
    /// <exception cref="LayerException">The path is not absolute.</exception>
    public static string Require(string path) => IsAbsolute(path)
        ? Plain(path)
        : throw new LayerException(LayerProblem.NotFound, path, $"'{path}' is no absolute path.");

    /// <summary>True for a path that means the same folder in every process, with no dots in it.</summary>
    public static bool IsAbsolute(string path)
    {
        try
        {
            return Path.IsPathRooted(path) && Comparer.Equals(Plain(Path.GetFullPath(path)), Plain(path));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            return false;
        }
    }

    /// <summary>True when the path is the folder, or is below it.</summary>
    public static bool IsIn(string path, string folder) =>
        Same(path, folder)
        || (path.Length > Plain(folder).Length
            && Comparer.Equals(path.Substring(0, Plain(folder).Length), Plain(folder))
            && Array.IndexOf(s_separators, path[Plain(folder).Length]) >= 0);

    /// <summary>True when the path is a folder with something in it.</summary>
    public static bool HasContent(string path) =>
        Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();

    private static string Plain(string path)
    {
        string plain = path.TrimEnd(s_separators);
        return plain.Length == 0 || plain[plain.Length - 1] == ':' ? path : plain;
    }
}
