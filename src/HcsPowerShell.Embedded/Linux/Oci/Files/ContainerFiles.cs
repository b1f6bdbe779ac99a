using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Files;

/// <summary>The files of a container as its processes see them, read from outside.</summary>
/// <remarks>
/// Links are followed inside the container only: a link to <c>/etc</c> leads to the container's <c>/etc</c>.
/// </remarks>
internal sealed class ContainerFiles : ISandboxFiles, IProgramFiles
{
    // For the lists of users and groups: a container must not decide how much memory of this process they take.
    private const int LongestText = 1 << 20;

    private readonly FileDescriptor _root;

    private ContainerFiles(FileDescriptor root) => _root = root;

    /// <param name="processId">Host process id of a process of the container.</param>
    /// <exception cref="HcsException">The process has exited.</exception>
    public static ContainerFiles Open(int processId)
    {
        int number = Libc.open(CString.From($"/proc/{processId}/root"), Libc.O_PATH | Libc.O_CLOEXEC);
        return number >= 0
            ? new ContainerFiles(new FileDescriptor(number))
            : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    public bool FileExists(string path)
    {
        using FileDescriptor? file = Find(path);
        return file is not null && !FileStatus.Of(file).IsFolder;
    }

    public bool FolderExists(string path)
    {
        using FileDescriptor? file = Find(path);
        return file is not null && FileStatus.Of(file).IsFolder;
    }

    /// <inheritdoc/>
    public bool IsExecutable(string path)
    {
        using FileDescriptor? file = Find(path);
        return file is not null && FileStatus.Of(file).IsFile && Libc.access(CString.From(file.Path), Libc.X_OK) == 0;
    }

    /// <summary>Makes sure that a user may run a program, or enter a folder.</summary>
    /// <exception cref="HcsException">The permissions deny it to the user.</exception>
    public void RequireExecute(string path, ContainerUser user)
    {
        using FileDescriptor? file = Find(path);
        if (file is null || user.UserId == 0)
        {
            return;
        }

        FileStatus status = FileStatus.Of(file);
        int shift = status.UserId == user.UserId ? 6
            : status.GroupId == user.GroupId || user.FurtherGroups.Contains(status.GroupId) ? 3
            : 0;
        if ((status.Mode >> shift & 1) == 0)
        {
            throw Refusal.Refused(
                "HcsCreateProcess", HResult.AccessDenied, $"User {user.UserId} may not execute or enter '{path}' of the container.");
        }
    }

    public IReadOnlyDictionary<string, string> DefaultEnvironment(string? user)
    {
        ContainerUser who = ContainerUsers.Resolve(this, user);
        return new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOME"] = who.Home,
            ["USER"] = who.Name ?? who.UserId.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Reads the lines of a text file; a missing or empty file has one empty line.</summary>
    /// <exception cref="HcsException">The path leads to no file, or the file is too large.</exception>
    public IReadOnlyList<string> ReadLines(string path)
    {
        byte[] text = Read(path, LongestText + 1);
        Require(text.Length <= LongestText, $"'{path}' of the container is larger than {LongestText} bytes.");
        return Encoding.UTF8.GetString(text).Split('\n');
    }

    /// <inheritdoc/>
    public byte[] ReadStart(string path, int length) => Read(path, length);

    /// <summary>Makes sure that the file, if it exists, can be read to its end.</summary>
    /// <exception cref="HcsException">The path leads to no file, or the file is too large.</exception>
    public void RequireText(string path)
    {
        using FileDescriptor? file = Find(path);
        if (file is null)
        {
            Require(IsMissing(path, Libc.RESOLVE_NO_XDEV) || IsMissing(path, Libc.RESOLVE_NO_SYMLINKS),
                $"'{path}' of the container leads to no file.");
            return;
        }

        ulong size = RequireFile(file, path);
        Require(size <= LongestText, $"'{path}' of the container is larger than {LongestText} bytes.");
    }

    public void Dispose() => _root.Dispose();

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw Refusal.InvalidArgument(null, "HcsCreateProcess", message);
        }
    }

    // A FIFO waits for another process, and a device may do anything. Neither has an end, nor have some files of the
    // kernel.
    private static ulong RequireFile(FileDescriptor file, string path)
    {
        FileStatus status = FileStatus.Of(file);
        Require(status.IsFile && !IsOfKernel(file), $"'{path}' of the container is no file.");
        return status.Size;
    }

    private static bool IsOfKernel(FileDescriptor file) =>
        Libc.fstatfs(file, out Libc.FileSystem system) != 0
        || system.Type is Libc.PROC_SUPER_MAGIC or Libc.SYSFS_MAGIC;

    private byte[] Read(string path, int most)
    {
        using FileDescriptor? found = Find(path);
        if (found is null)
        {
            return [];
        }

        byte[] content = new byte[(int)Math.Min(RequireFile(found, path), (ulong)most)];
        using FileDescriptor file = new(
            Libc.open(CString.From(found.Path), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        int length = 0;
        for (nint read = 1; read > 0 && length < content.Length; length += (int)Math.Max(read, 0))
        {
            read = Libc.pread(file, ref content[length], content.Length - length, length);
        }

        Array.Resize(ref content, length);
        return content;
    }

    // A link to an open file, or one that leads into /proc by another way, fails from outside and works from inside.
    private bool IsMissing(string path, ulong resolve)
    {
        using FileDescriptor? file = Find(path, resolve);
        return file is null && Marshal.GetLastWin32Error() is Errno.ENOENT or Errno.ENOTDIR;
    }

    /// <summary>Opens a file for its path; null when there is none, and the error number is set.</summary>
    private FileDescriptor? Find(string path, ulong resolve = 0)
    {
        FileDescriptor file = new(Libc.openat2(_root, CString.From(path), new Libc.OpenHow
        {
            Flags = Libc.O_PATH | Libc.O_CLOEXEC,
            Resolve = Libc.RESOLVE_IN_ROOT | resolve,
        }));
        return FileDescriptor.NullIfMissing(file);
    }
}
