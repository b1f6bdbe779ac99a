using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>The empty folders of a host at which scratches are mounted.</summary>
internal static class MountPoint
{
    private const int LongestName = 40;

    // A closed file stays open in a child process until the child calls exec.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes a mount point with the name of a scratch in it, so that a person can tell them apart.</summary>
    /// <param name="folder">Folder of all mount points of the host.</param>
    /// <param name="number">A number that no other mount point of the host has.</param>
    /// <param name="scratch">Path of the scratch.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static string Make(string folder, int number, string scratch)
    {
        string name = string.Concat(Path.GetFileName(scratch).Take(LongestName).Select(
            letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? letter : '_'));
        string path = Path.Combine(folder, $"{number.ToString(CultureInfo.InvariantCulture)}-{name}");
        HostFolder.MakePrivate(path);
        return path;
    }

    /// <summary>Unmounts what is mounted there, and removes the empty folder; nothing in it is deleted.</summary>
    /// <param name="path">Its path. It may be gone already.</param>
    /// <param name="isForced">
    /// Also takes away a mount in which a program has files open, which keeps them until it closes them.
    /// </param>
    /// <exception cref="KernelException">
    /// The kernel refuses; <see cref="Errno.EBUSY"/> when a program uses the mount.
    /// </exception>
    /// <exception cref="IOException">The folder is not empty.</exception>
    public static void Remove(string path, bool isForced)
    {
        byte[] target = CString.From(path);
        var waited = Stopwatch.StartNew();

        // Until the kernel says that nothing is mounted there: somebody may have put another mount on top.
        while (true)
        {
            int errno = Unmount(target, Libc.UMOUNT_NOFOLLOW);
            if (errno == Errno.EBUSY && !isForced && waited.Elapsed < s_patience)
            {
                Thread.Sleep(1);
                continue;
            }

            if (errno == Errno.EBUSY && isForced)
            {
                errno = Unmount(target, Libc.UMOUNT_NOFOLLOW | Libc.MNT_DETACH);
            }

            if (errno is Errno.EINVAL or Errno.ENOENT)
            {
                break;
            }

            if (errno != 0)
            {
                throw new KernelException($"'{path}' cannot be unmounted", errno);
            }
        }

        try
        {
            Directory.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process has dismounted the same scratch.
        }
    }

    private static int Unmount(byte[] target, int flags) =>
        Libc.umount2(target, flags) == 0 ? 0 : Marshal.GetLastWin32Error();
}
