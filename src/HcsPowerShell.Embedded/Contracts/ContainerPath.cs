using System.IO;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>Converts the paths inside a container that a document gives.</summary>
internal static class ContainerPath
{
    /// <summary>The root of the container.</summary>
    public static string Root => Path.DirectorySeparatorChar == '\\' ? @"C:\" : "/";

    /// <summary>
    /// On Unix converts <c>C:\x\y</c> to <c>/x/y</c>, so that one document serves both systems; elsewhere returns the
    /// path unchanged.
    /// </summary>
    public static string ToNative(string path) =>
        Path.DirectorySeparatorChar == '/' && HasDrive(path) ? path.Substring(2).Replace('\\', '/') : path;

    private static bool HasDrive(string path) =>
        path.Length > 2 && path[1] == ':' && path[2] is '\\' or '/' && char.IsLetter(path[0]);
}
