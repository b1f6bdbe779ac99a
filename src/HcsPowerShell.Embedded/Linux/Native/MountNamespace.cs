using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Creates and removes mounts in the mount namespace of another process, which has another root.</summary>
/// <remarks>
/// A separate thread enters the namespace, makes a few system calls, and ends. Until then it must load nothing: a path
/// would lead it to a file of the container. So all functions it calls are bound before, and it throws no exception.
/// </remarks>
internal static class MountNamespace
{
    private const uint FolderMode = 0x1ED;
    private const uint FileMode = 0x1A4;

    private static readonly byte[] s_root = CString.From("/");
    private static readonly byte[] s_ownNamespace = CString.From("/proc/thread-self/ns/mnt");

    static MountNamespace()
    {
        using FileDescriptor none = new(int.MaxValue);
        byte[] missing = [0];
        _ = Libc.unshare(0);
        _ = Libc.setns(none, Libc.CLONE_NEWNS);
        _ = Libc.mkdir(missing, 0);
        _ = Libc.open(missing, Libc.O_RDONLY, 0);
        _ = Libc.close(-1);
        _ = Libc.move_mount(none, missing);
        _ = Libc.move_mount(none, none, missing);
        _ = Libc.mount(null, missing, null, 0, null);
        _ = Libc.fchdir(none);
        _ = Libc.umount2(missing, 0);
        _ = Marshal.GetLastWin32Error();
    }

    /// <summary>
    /// Creates a copy of the mount namespace of this process and attaches mounts in it; no process is in it yet.
    /// </summary>
    /// <param name="places">A mount with a folder or file for each of the mounts.</param>
    /// <param name="path">Folder <paramref name="places"/> is attached at.</param>
    /// <param name="mounts">The mounts, each with its name in <paramref name="places"/>.</param>
    /// <param name="last">
    /// Makes the last mount out of the others, once they are attached; returns 0, or -1 with the error number set.
    /// </param>
    /// <param name="errno">0, or the error number.</param>
    /// <returns>The namespace; invalid when there is an error number.</returns>
    public static FileDescriptor Create(
        FileDescriptor places,
        string path,
        IReadOnlyList<(FileDescriptor Mount, byte[] Name)> mounts,
        Func<int> last,
        out int errno)
    {
        byte[] place = CString.From(path);
        int number = -1;
        errno = Run(() => Libc.unshare(Libc.CLONE_FS | Libc.CLONE_NEWNS), () =>
        {
            // Makes all mounts private first, because a mount below a shared mount appears outside as well; then the
            // new mounts too.
            bool isDone = MakePrivate() && Libc.move_mount(places, place) == 0;
            for (int i = 0; isDone && i < mounts.Count; i++)
            {
                isDone = Libc.move_mount(mounts[i].Mount, places, mounts[i].Name) == 0;
            }

            isDone = isDone && MakePrivate() && last() == 0;
            number = isDone ? Libc.open(s_ownNamespace, Libc.O_RDONLY | Libc.O_CLOEXEC, 0) : -1;
            return number >= 0 ? 0 : Marshal.GetLastWin32Error();
        });
        return new FileDescriptor(number);
    }

    /// <summary>Attaches a mount at an absolute path, which is created if it does not exist.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Attach(FileDescriptor mountNamespace, FileDescriptor mount, string path, bool isFolder)
    {
        string[] names = path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        byte[][] folders = new byte[isFolder ? names.Length : Math.Max(0, names.Length - 1)][];
        for (int i = 0; i < folders.Length; i++)
        {
            folders[i] = CString.From("/" + string.Join("/", names, 0, i + 1));
        }

        byte[] target = CString.From(path);
        return Run(mountNamespace, () => Put(mount, folders, target, isFolder));
    }

    /// <summary>Detaches a mount and the mounts below it, whatever the path of the mount is by now.</summary>
    /// <param name="mountNamespace">Namespace it is mounted in.</param>
    /// <param name="mount">A descriptor of this process for the root of the mount.</param>
    /// <returns>0, or the error number.</returns>
    public static int Detach(FileDescriptor mountNamespace, FileDescriptor mount)
    {
        // By the link of the descriptor, because the processes inside could make a path lead elsewhere.
        byte[] name = CString.From($"{mount.Number}");
        using FileDescriptor descriptors = new(Libc.open(CString.From("/proc/self/fd"), Libc.O_PATH | Libc.O_CLOEXEC));
        return Run(mountNamespace, () => Libc.fchdir(descriptors) == 0 && Libc.umount2(name, Libc.MNT_DETACH) == 0
            ? 0
            : Marshal.GetLastWin32Error());
    }

    /// <summary>
    /// Checks whether this process has another root than its mount namespace (chroot). A process that enters such a
    /// namespace, or one copied from it, leaves that root.
    /// </summary>
    public static bool HasRootOfItsOwn()
    {
        const int Flags = Libc.O_PATH | Libc.O_CLOEXEC;
        byte[] root = CString.From("/");
        int number = -1;
        using FileDescriptor own = new(Libc.open(root, Flags));
        using FileDescriptor entrance = new(Libc.open(CString.From("/proc/self/ns/mnt"), Libc.O_RDONLY | Libc.O_CLOEXEC));
        _ = Run(entrance, () => number = Libc.open(root, Flags, 0));
        using FileDescriptor entered = new(number);

        // A process that may not enter the namespace starts no container either; runc reports that.
        return !entered.IsInvalid && Place(own) != Place(entered);
    }

    // The id of the mount, and the inode of the file in it.
    private static string Place(FileDescriptor descriptor) => string.Join(
        " ",
        File.ReadLines($"/proc/self/fdinfo/{descriptor.Number}").Where(line => line.Split(':')[0] is "mnt_id" or "ino"));

    private static int Put(FileDescriptor mount, byte[][] folders, byte[] target, bool isFolder)
    {
        foreach (byte[] folder in folders)
        {
            if (Libc.mkdir(folder, FolderMode) != 0 && Marshal.GetLastWin32Error() is var errno && errno != Errno.EEXIST)
            {
                return errno;
            }
        }

        if (!isFolder)
        {
            // An existing file is not opened: it may be a device, and opening it may have an effect.
            int file = Libc.open(target, Libc.O_CREAT | Libc.O_EXCL | Libc.O_RDONLY | Libc.O_CLOEXEC, FileMode);
            if (file >= 0)
            {
                _ = Libc.close(file);
            }
        }

        return Libc.move_mount(mount, target) == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    private static bool MakePrivate() =>
        Libc.mount(null, s_root, null, Libc.MS_REC | (nuint)Libc.MS_PRIVATE, null) == 0;

    // The kernel lets a thread enter only if it shares root and working folder with no other thread.
    private static int Run(FileDescriptor mountNamespace, Func<int> work) => Run(
        () => Libc.unshare(Libc.CLONE_FS) == 0 ? Libc.setns(mountNamespace, Libc.CLONE_NEWNS) : -1, work);

    private static int Run(Func<int> enter, Func<int> work)
    {
        int error = 0;
        Thread thread = new(() => error = enter() == 0 ? work() : Marshal.GetLastWin32Error());
        thread.Start();
        thread.Join();
        return error;
    }
}
