using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Interop.VirtualDisks;

/// <summary>Finds the files that a virtual machine opens for a disk: its own, and those of its parents.</summary>
/// <remarks>
/// A file that has been in the hands of others chooses its parents. So it chooses only virtual disks, and none on another
/// computer; links are not told apart from files.
/// </remarks>
public static class VirtualDiskChain
{
    // Hyper-V keeps at most 50 checkpoints of a machine.
    private const int MostParents = 64;

    private static readonly StringComparer s_samePath =
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Returns the file, and the parents of a differencing disk, nearest first.</summary>
    /// <param name="path">The absolute path of a file; one that is no VHD or VHDX file has no parents.</param>
    /// <exception cref="VirtualDiskException">A file of the chain is missing, damaged or refused.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        List<string> chain = [];
        HashSet<string> known = new(s_samePath);
        for (string? next = path; next is not null; next = ParentOf(next))
        {
            if (!known.Add(next))
            {
                throw new VirtualDiskException(VirtualDiskProblem.ChainLoop, next, $"'{next}' is its own parent.");
            }

            if (chain.Count > MostParents)
            {
                throw new VirtualDiskException(
                    VirtualDiskProblem.ChainLoop, path, $"'{path}' has more than {MostParents} parents.");
            }

            chain.Add(next);
        }

        return chain;
    }

    private static string? ParentOf(string path)
    {
        IReadOnlyList<string>? paths = Read(path, out _);
        if (paths is null)
        {
            return null;
        }

        string[] near = [.. paths.Select(written => Resolve(path, written)).OfType<string>()];
        string parent = near.FirstOrDefault(File.Exists) ?? throw (near.Length == 0
            ? new VirtualDiskException(
                VirtualDiskProblem.ParentRefused,
                path,
                $"'{path}' names no parent on this computer: {string.Join(", ", paths.Select(written => $"'{written}'"))}.")
            : new VirtualDiskException(
                VirtualDiskProblem.ParentMissing,
                path,
                $"The parent of '{path}' is not at {string.Join(" or ", near.Select(one => $"'{one}'"))}."));
        Read(parent, out bool isDisk);
        return isDisk ? parent : throw new VirtualDiskException(
            VirtualDiskProblem.ParentRefused, path, $"'{path}' names '{parent}' as its parent, which is no virtual disk.");
    }

    private static IReadOnlyList<string>? Read(string path, out bool isDisk)
    {
        isDisk = false;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var file = new DiskBytes(stream);
            isDisk = VhdxFile.Is(file) || VhdFile.Is(file);
            return !isDisk ? null : VhdxFile.Is(file) ? VhdxFile.ParentPaths(file) : VhdFile.ParentPaths(file);
        }
        catch (InvalidDataException e)
        {
            throw new VirtualDiskException(
                VirtualDiskProblem.Unreadable, path, $"'{path}' is a damaged virtual disk: {e.Message}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VirtualDiskException(VirtualDiskProblem.NotFound, path, $"'{path}' does not exist.", e);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new VirtualDiskException(
                VirtualDiskProblem.NotFound, path, $"'{path}' is a folder, and a right is on one file.", e);
        }
    }

    /// <summary>Returns the path of a parent; null for one that a file must not choose.</summary>
    private static string? Resolve(string child, string written)
    {
        const string Long = @"\\?\";
        const int Drive = 2;
        if (written.Any(char.IsControl))
        {
            throw new VirtualDiskException(
                VirtualDiskProblem.Unreadable, child, $"'{child}' is a damaged virtual disk: the name of its parent is no path.");
        }

        string plain = written.StartsWith(Long, StringComparison.Ordinal) && written.IndexOf(':') == Long.Length + 1
            ? written.Substring(Long.Length)
            : written;
        plain = plain.Replace('\\', Path.DirectorySeparatorChar);
        string network = new(Path.DirectorySeparatorChar, 2);
        bool isElsewhere = plain.StartsWith(network, StringComparison.Ordinal) && !IsBeside(child, plain);

        // A colon after that of a drive names a stream of a file.
        bool isStream = plain.IndexOf(':', Math.Min(Drive, plain.Length)) >= 0;
        return isElsewhere || isStream ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(child)!, plain));
    }

    // The share that the user has named may hold the parents too.
    private static bool IsBeside(string child, string path) =>
        Path.DirectorySeparatorChar == '\\' && s_samePath.Equals(Path.GetPathRoot(child), Path.GetPathRoot(path));
}
