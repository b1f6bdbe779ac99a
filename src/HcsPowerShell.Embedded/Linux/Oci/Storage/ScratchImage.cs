using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Creates the image of a scratch, or enlarges it. It never shrinks an image.</summary>
internal static class ScratchImage
{
    // Limits of ext4 as mkfs makes it: a smaller file system has no journal and room for hardly a file, and block
    // numbers have 32 bits.
    private const ulong LeastSize = 1UL << 20;
    private const ulong MostSize = 1UL << 44;

    /// <param name="id">Id of the container; null for none.</param>
    /// <param name="function">HCS function that asks for it.</param>
    /// <param name="member">Name of the size, as errors show it.</param>
    /// <param name="image">Open file; an empty file gets a file system.</param>
    /// <param name="size">Size in bytes; 0 leaves the image as it is.</param>
    /// <exception cref="Interop.HcsException">The size is out of range, or a tool is missing or fails.</exception>
    /// <exception cref="IOException">There is no space for it.</exception>
    public static void EnsureSize(string? id, string function, string member, FileDescriptor image, ulong size)
    {
        FileStatus status = FileStatus.Of(image);
        if (!status.IsFile)
        {
            // A block device has a fixed size.
            return;
        }

        ulong length = status.Size;
        if (size > 0 && length < size && size is < LeastSize or >= MostSize)
        {
            throw OutOfRange(id, function, member);
        }

        if (length == 0 && size > 0)
        {
            SetLength(id, function, member, image, (long)size);
            HostTool.Run(id, function, member, "mkfs.ext4", "-q", "-F", "-m", "0", image.Path);
        }
        else if (length < size)
        {
            SetLength(id, function, member, image, (long)size);
            HostTool.Run(id, function, member, "e2fsck", "-f", "-p", image.Path);
            HostTool.Run(id, function, member, "resize2fs", image.Path);
        }
    }

    // The image is a sparse file: it takes space on the disk only as the file system fills.
    private static void SetLength(string? id, string function, string member, FileDescriptor image, long length)
    {
        if (Libc.ftruncate(image, length) != 0)
        {
            int errno = Marshal.GetLastWin32Error();
            throw errno is Errno.EFBIG or Errno.EINVAL
                ? OutOfRange(id, function, member)
                : new KernelException($"The image cannot be made {length} bytes long", errno);
        }
    }

    private static HcsException OutOfRange(string? id, string function, string member) => Refusal.InvalidArgument(
        id,
        function,
        $"{member}: isolation Oci makes images of {LeastSize} to {MostSize - 1} bytes,"
        + " and no larger than files may be there.");
}
