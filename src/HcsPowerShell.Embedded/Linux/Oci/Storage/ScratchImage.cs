using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Makes the image of a scratch, or makes it larger; never smaller.</summary>
internal static class ScratchImage
{
    // Of ext4 as mkfs makes it: what is smaller holds no journal and hardly a file, and blocks have 32-bit numbers.
    private const ulong LeastSize = 1UL << 20;
    private const ulong MostSize = 1UL << 44;

    private const string Function = "HcsCreateComputeSystem";
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

    // The file system takes room on the disk only as it fills.
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
