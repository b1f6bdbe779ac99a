using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Creates the image of a scratch, or enlarges it. It never shrinks an image.</summary>
internal static class ScratchImage
{
    // Limits of ext4 as mkfs makes it: a smaller file system has no journal and room for hardly a file, and block
    // numbers have 32 bits.
    private const ulong LeastSize = 1UL << 20;
    private const ulong MostSize = 1UL << 44;

    private const string Function = "HcsCreateComputeSystem";
    private const string Member = nameof(ContainerConfig.StorageSandboxSize);

    /// <param name="id">Id of the container.</param>
    /// <param name="image">Open file; an empty file gets a file system.</param>
    /// <param name="size">Size in bytes; 0 leaves the image as it is.</param>
    /// <exception cref="Interop.HcsException">The size is out of range, or a tool is missing or fails.</exception>
    /// <exception cref="IOException">There is no space for it.</exception>
    public static void EnsureSize(string id, FileDescriptor image, ulong size)
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
            throw OutOfRange(id);
        }

        if (length == 0 && size > 0)
        {
            SetLength(id, image, (long)size);
            HostTool.Run(id, Member, "mkfs.ext4", "-q", "-F", "-m", "0", image.Path);
        }
        else if (length < size)
        {
            SetLength(id, image, (long)size);
            HostTool.Run(id, Member, "e2fsck", "-f", "-p", image.Path);
            HostTool.Run(id, Member, "resize2fs", image.Path);
        }
    }

    // The image is a sparse file: it takes space on the disk only as the file system fills.
    private static void SetLength(string id, FileDescriptor image, long length)
    {
        if (Libc.ftruncate(image, length) != 0)
        {
            int errno = Marshal.GetLastWin32Error();
            throw errno is Errno.EFBIG or Errno.EINVAL
                ? OutOfRange(id)
                : new KernelException($"The image cannot be made {length} bytes long", errno);
        }
    }

    private static HcsException OutOfRange(string id) => Refusal.InvalidArgument(
        id,
        Function,
        $"{Member}: isolation Oci makes images of {LeastSize} to {MostSize - 1} bytes, and no larger than files may be there.");
}
