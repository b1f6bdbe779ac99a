using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>Mounts in the mount namespace of another process, which has another root.</summary>
/// <remarks>
/// A thread of its own enters the namespace, makes a few system calls, and ends. Until then it must load nothing: what it
/// found by a path would be a file of the container. So all it calls has been bound before, and it throws nothing.
/// </remarks>
internal static class MountNamespace
{
    private const uint FolderMode = 0x1ED;
    private const uint FileMode = 0x1A4;

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
        _ = Libc.fchdir(none);
        _ = Libc.umount2(missing, 0);
        _ = Marshal.GetLastWin32Error();
    }

    /// <summary>Puts a mount at an absolute path, which is made if it is not there.</summary>
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

    /// <summary>Takes away what is mounted at the root of a mount and below it, whatever it is called by now.</summary>
    /// <param name="mountNamespace">Where it is mounted.</param>
    /// <param name="mount">A descriptor of this process that is at its root.</param>
    /// <returns>0, or the error number.</returns>
    public static int Detach(FileDescriptor mountNamespace, FileDescriptor mount)
    {
        // By the link of the descriptor: a path could be led elsewhere by those inside.
        byte[] name = CString.From($"{mount.Number}");
        using FileDescriptor descriptors = new(Libc.open(CString.From("/proc/self/fd"), Libc.O_PATH | Libc.O_CLOEXEC));
        return Run(mountNamespace, () => Libc.fchdir(descriptors) == 0 && Libc.umount2(name, Libc.MNT_DETACH) == 0
            ? 0
            : Marshal.GetLastWin32Error());
    }

    /// <summary>
    /// Whether this process has another root than its mount namespace has (chroot). Whoever enters such a namespace, or one
    /// that was made of it, is out of that root.
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

        // Who may not enter starts no container either, and is told so by runc.
        return !entered.IsInvalid && Place(own) != Place(entered);
    }

    // The mount, and the file in it.
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
            // Neither waits where there is a FIFO; where there is a socket it fails, and that will do.
            int file = Libc.open(target, Libc.O_CREAT | Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, FileMode);
            if (file >= 0)
            {
                _ = Libc.close(file);
            }
        }

        return Libc.move_mount(mount, target) == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    private static int Run(FileDescriptor mountNamespace, Func<int> work)
    {
        int error = 0;
        Thread thread = new(() =>
        {
            error = Enter(mountNamespace);
            if (error == 0)
            {
                error = work();
            }
        });
        thread.Start();
        thread.Join();
        return error;
    }

    // The kernel lets a thread in that shares root and working folder with no other.
    private static int Enter(FileDescriptor mountNamespace) =>
        Libc.unshare(Libc.CLONE_FS) == 0 && Libc.setns(mountNamespace, Libc.CLONE_NEWNS) == 0
            ? 0
            : Marshal.GetLastWin32Error();
}
