using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>Makes the image of a scratch, or makes it larger; never smaller.</summary>
internal static class ScratchImage
{
    private const string Member = nameof(ContainerConfig.StorageSandboxSize);

    /// <param name="id">Id of the container.</param>
    /// <param name="image">File, open; one that is empty gets a file system.</param>
    /// <param name="size">Bytes; 0 leaves the image as it is.</param>
    /// <exception cref="Interop.HcsException">A tool lacks, or refuses.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static void EnsureSize(string id, FileDescriptor image, ulong size)
    {
        FileStatus status = FileStatus.Of(image);
        if (!status.IsFile)
        {
            // A disk has the size it has.
            return;
        }

        ulong length = status.Size;
        if (length == 0 && size > 0)
        {
            SetLength(image, (long)size);
            HostTool.Run(id, Member, "mkfs.ext4", "-q", "-F", "-m", "0", image.Path);
        }
        else if (length < size)
        {
            SetLength(image, (long)size);
            HostTool.Run(id, Member, "e2fsck", "-f", "-p", image.Path);
            HostTool.Run(id, Member, "resize2fs", image.Path);
        }
    }

    // The file system takes room on the disk only as it fills.
    private static void SetLength(FileDescriptor image, long length)
    {
        if (Libc.ftruncate(image, length) != 0)
        {
            throw new IOException($"The image cannot be made {length} bytes long, errno {Marshal.GetLastWin32Error()}.");
        }
    }
}
