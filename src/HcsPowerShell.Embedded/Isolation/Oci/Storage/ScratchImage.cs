using System.IO;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>Makes the image of a scratch, or makes it larger; never smaller.</summary>
internal static class ScratchImage
{
    private const string Member = nameof(ContainerConfig.StorageSandboxSize);

    /// <param name="id">Id of the container.</param>
    /// <param name="image">File; made when it is not there or empty.</param>
    /// <param name="size">Bytes; 0 leaves the image as it is.</param>
    /// <exception cref="Interop.HcsException">A tool lacks, or refuses.</exception>
    public static void EnsureSize(string id, string image, ulong size)
    {
        ulong length = File.Exists(image) ? (ulong)new FileInfo(image).Length : 0;
        if (length == 0 && size > 0)
        {
            SetLength(image, (long)size);
            HostTool.Run(id, Member, "mkfs.ext4", "-q", "-F", "-m", "0", image);
        }
        else if (length < size)
        {
            SetLength(image, (long)size);
            HostTool.Run(id, Member, "e2fsck", "-f", "-p", image);
            HostTool.Run(id, Member, "resize2fs", image);
        }
    }

    // The file system takes room on the disk only as it fills.
    private static void SetLength(string image, long length)
    {
        using FileStream file = new(image, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(length);
    }
}
