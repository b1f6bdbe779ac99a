using System.IO;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Paths without links.</summary>
internal static class FinalPath
{
    // The kernel follows the same number of links.
    private const int MostLinks = 40;

    /// <summary>Follows every link of an absolute path; a part that does not exist stays as it is.</summary>
    public static string Of(string path) => Of(path, 0);

    /// <summary>The path at which an open file is now; null without <c>/proc</c>.</summary>
    public static string? Of(FileDescriptor file) => Symlink.Read(file.Path);

    private static string Of(string path, int links)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_PATH | Libc.O_CLOEXEC));
        if (!file.IsInvalid)
        {
            return Of(file) ?? path;
        }

        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return path;
        }

        // A link may lead to something that does not exist yet.
        return links < MostLinks && Symlink.Read(path) is { } target
            ? Of(Path.GetFullPath(Path.Combine(folder, target)), links + 1)
            : Path.Combine(Of(folder, links), Path.GetFileName(path));
    }
}
