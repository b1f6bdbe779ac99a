using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Finds runc on this machine. It runs as root, so no other user may be able to replace it.</summary>
internal static class RuncProgram
{
    private const string Name = "runc";

    // The kernel follows the same number of links.
    private const int MostLinks = 40;

    private static readonly string[] s_folders =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>
    /// Finds the absolute path of the first runc that only root can change: on PATH, then in the standard folders.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public static string? Find() => Candidates().FirstOrDefault(path => WhoElseMayChange(path) is null);

    /// <summary>Describes what is missing, as the end of a sentence; null when nothing is missing.</summary>
    public static string? Lack() => Find() is not null ? null
        : Candidates().FirstOrDefault() is { } path
            ? $"'{WhoElseMayChange(path)}' does not belong to root alone, by which runc ('{path}') could be another program"
        : "runc is not installed";

    /// <summary>
    /// Finds the file, folder or link on the way through which another user could replace the program.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>Null when there is none: root owns all of them, and no other user may write to them.</returns>
    internal static string? WhoElseMayChange(string path)
    {
        string way = string.Empty;
        string[] names = Split(path);
        for (int i = 0, links = 0; i < names.Length; i++)
        {
            if (FolderOfOthers(way) is { } folder)
            {
                return folder;
            }

            if (names[i] == "..")
            {
                way = way.Length == 0 ? way : way.Substring(0, way.LastIndexOf('/'));
                continue;
            }

            string next = $"{way}/{names[i]}";
            if (Symlink.Read(next) is not { } target)
            {
                way = next;
                continue;
            }

            if (FileOfOthers(next) is not null || ++links > MostLinks)
            {
                return next;
            }

            names = [.. Split(target), .. names.Skip(i + 1)];
            way = target.StartsWith("/", StringComparison.Ordinal) ? string.Empty : way;
            i = -1;
        }

        return FileOfOthers(way);
    }

    // For .NET, a link that leads nowhere exists too.
    private static string[] Candidates() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator).Where(folder => folder.StartsWith("/", StringComparison.Ordinal))
            .Concat(s_folders)
            .Select(folder => Path.Combine(folder, Name))
            .Where(path => File.Exists(path) && Libc.access(CString.From(path), Libc.X_OK) == 0),
    ];

    private static string[] Split(string path) =>
        [.. path.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".")];

    private static string? FolderOfOthers(string path)
    {
        string named = path.Length == 0 ? "/" : path;
        return FileStatus.Of(named) is { KeepsFilesOfRoot: true } ? null : named;
    }

    private static string? FileOfOthers(string path) =>
        FileStatus.Of(path) is { IsRootsAlone: true } ? null : path;
}
