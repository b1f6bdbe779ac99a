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
    /// <exception cref="Interop.HcsException">A path is missing, or an image cannot be used; the member is named.</exception>
    public static Scratch Make(string id, ContainerConfig config, string bundle, string rootFolder)
    {
        string folder = Require(id, nameof(config.VolumePath), config.VolumePath)
            ?? Require(id, nameof(config.LayerFolderPath), config.LayerFolderPath)
            ?? bundle;
        string member = string.IsNullOrEmpty(config.VolumePath)
            ? nameof(config.StorageSandboxSize)
            : nameof(config.VolumePath);
        bool isImage = File.Exists(folder);
        if (!isImage && config.StorageSandboxSize == 0)
        {
            return new FolderScratch(folder);
        }

        string image = isImage ? folder : Path.Combine(folder, ImageName);
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
    }

    private static string? Require(string id, string member, string? path) =>
        string.IsNullOrEmpty(path) ? null
        : Directory.Exists(path) || File.Exists(path) ? path
        : throw Refusal.PathNotFound(id, Function, member, path!);
}
