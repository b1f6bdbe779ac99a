using System.IO;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Paths without links.</summary>
internal static class FinalPath
{
    /// <summary>Follows every link of an absolute path; a part that does not exist stays as it is.</summary>
    public static string Of(string path)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_PATH | Libc.O_CLOEXEC));
        return !file.IsInvalid ? Of(file) ?? path
            : Path.GetDirectoryName(path) is { } folder ? Path.Combine(Of(folder), Path.GetFileName(path))
            : path;
    }

    /// <summary>The path at which an open file is now; null without <c>/proc</c>.</summary>
    public static string? Of(FileDescriptor file) => Symlink.Read(file.Path);
}
