using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>Which scratch a document asks for.</summary>
/// <remarks>
/// <c>VolumePath</c>, a folder or an image, goes before <c>LayerFolderPath</c>; without either the scratch goes with the
/// container. <c>StorageSandboxSize</c> makes it an image of that size, in the folder, or lets a smaller image grow.
/// </remarks>
internal static class ScratchChoice
{
    private const string Function = "HcsCreateComputeSystem";
    private const string ImageName = "scratch.ext4";

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="bundle">Folder that goes with the container.</param>
    /// <param name="rootFolder">Folder that becomes the root of the container.</param>
    /// <param name="holds">Receives what keeps the scratch for this container.</param>
    /// <exception cref="Interop.HcsException">
    /// A path is missing or another container's, or an image cannot be used; the member is named.
    /// </exception>
    public static Scratch Make(
        string id, ContainerConfig config, string bundle, string rootFolder, ICollection<FileHold> holds)
    {
        string? kept = Require(id, nameof(config.VolumePath), config.VolumePath)
            ?? Require(id, nameof(config.LayerFolderPath), config.LayerFolderPath);
        string folder = kept ?? bundle;
        string member = string.IsNullOrEmpty(config.VolumePath)
            ? nameof(config.StorageSandboxSize)
            : nameof(config.VolumePath);
        bool isImage = File.Exists(folder);
        bool needsImage = isImage || config.StorageSandboxSize > 0;
        string image = isImage ? folder : Path.Combine(folder, ImageName);
        if (kept is not null)
        {
            Hold(needsImage ? image : folder);
        }

        if (!needsImage)
        {
            return new FolderScratch(folder);
        }

        ScratchImage.EnsureSize(id, image, config.StorageSandboxSize);
        string type = FileSystemType.Of(image)
            ?? throw Refusal.InvalidArgument(id, Function, $"{member}: '{image}' holds no file system Linux can write.");
        try
        {
            return new ImageScratch(image, type, rootFolder);
        }
        catch (IOException e)
        {
            throw Refusal.Failure(id, Function, $"{member}: {e.Message}");
        }

        void Hold(string path)
        {
            if (needsImage)
            {
                // One that is to be made is held before it is.
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }

            holds.Add(FileHold.Take(
                id, Function, string.IsNullOrEmpty(config.VolumePath) ? nameof(config.LayerFolderPath) : member, path));
        }
    }

    private static string? Require(string id, string member, string? path) =>
        string.IsNullOrEmpty(path) ? null
        : Directory.Exists(path) || File.Exists(path) ? path
        : throw Refusal.PathNotFound(id, Function, member, path!);
}
