using System.IO;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Images;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>
/// Holds a read-only layer while a container or a mount uses its files, so that nobody on the machine removes it: the
/// image that it belongs to, or its folder. Others can hold it too.
/// </summary>
internal static class LayerHold
{
    /// <summary>Name of the file in the folder of an image that is locked.</summary>
    public const string LockName = "lock";

    /// <summary>Name of the folder with its files.</summary>
    public const string FilesName = "rootfs";

    /// <summary>Returns the folder of the image that a layer belongs to; null when it belongs to none.</summary>
    /// <param name="layer">Path without links.</param>
    public static string? FolderOf(string layer)
    {
        for (string? path = layer; path is not null; path = Path.GetDirectoryName(path))
        {
            if (Path.GetFileName(path) == FilesName
                && Path.GetDirectoryName(path) is { } image
                && ImageDigest.IsHex(Path.GetFileName(image))
                && FileStatus.Of(Path.Combine(image, LockName)) is { IsFile: true })
            {
                return image;
            }
        }

        return null;
    }

    /// <param name="layer">The layer, open.</param>
    /// <param name="path">Its path, as errors name it.</param>
    /// <exception cref="IOException">It is being removed, or cannot be locked.</exception>
    public static FileHold Take(Folder layer, string path)
    {
        string? image = FinalPath.Of(layer.Descriptor) is { } final ? FolderOf(final) : null;
        FileHold? hold = FileHold.TryTake(
            path,
            image is null ? layer.Descriptor.Duplicate(0) : FileHold.Open(Path.Combine(image, LockName)),
            isShared: true);

        // The folder of an image that is removed gets another name first; that of a layer is gone when its lock is free.
        if (hold is not null && FinalPath.Of(layer.Descriptor) == FinalPath.Of(path))
        {
            return hold;
        }

        hold?.Dispose();
        throw new IOException($"'{path}' {(image is null ? "is" : "belongs to an image that is")} being removed.");
    }
}
