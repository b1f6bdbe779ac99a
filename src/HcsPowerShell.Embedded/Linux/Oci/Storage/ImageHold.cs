using System.IO;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Images;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>
/// Holds an image while a container or a mount uses its files, so that nobody removes it. Others can hold it too.
/// </summary>
internal static class ImageHold
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

    /// <summary>Holds the image that a layer belongs to.</summary>
    /// <param name="layer">The layer, open.</param>
    /// <param name="path">Its path, as errors name it.</param>
    /// <returns>Null when it belongs to no image.</returns>
    /// <exception cref="IOException">The image is being removed.</exception>
    public static FileHold? Take(Folder layer, string path)
    {
        if (FinalPath.Of(layer.Descriptor) is not { } final || FolderOf(final) is not { } image)
        {
            return null;
        }

        FileHold? hold = FileHold.TryTake(path, FileHold.Open(Path.Combine(image, LockName)), isShared: true);

        // The folder of an image that is removed gets another name first.
        if (hold is not null && FinalPath.Of(layer.Descriptor) == final)
        {
            return hold;
        }

        hold?.Dispose();
        throw new IOException($"'{path}' belongs to an image that is being removed.");
    }
}
