using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Images;

/// <summary>Reads the <c>manifest.json</c> of a file of <c>docker save</c>.</summary>
internal static class DockerSave
{
    /// <summary>Name of the file with the list of the images.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>Reads the images, each once for every name it has; null when the file is of another form.</summary>
    /// <exception cref="ImageException">A part of it is missing, or cannot be read.</exception>
    public static IReadOnlyList<ArchivedImage>? Read(IImageFiles files) =>
        files.Read(ManifestName) is { } content
            ?
            [
                .. ImageNode.ParseList(content, files.Path, ManifestName)
                    .SelectMany((image, i) => Read(files, image, i)),
            ]
            : null;

    private static IEnumerable<ArchivedImage> Read(IImageFiles files, ImageNode image, int position)
    {
        string name = image.Text("Config") ?? throw image.Unreadable("an image in it has no 'Config'");
        byte[] configuration = files.Read(name) ?? throw Missing(files, name);
        if (image.Texts("Layers").FirstOrDefault(layer => files.SizeOf(layer) is null) is { } missing)
        {
            throw Missing(files, missing);
        }

        // The name of the file is the digest, with or without a folder and an extension.
        string digest = ImageDigest.Of(configuration);
        string hex = name.Substring(name.LastIndexOf('/') + 1).Replace(".json", string.Empty);
        if (ImageDigest.IsHex(hex) && ImageDigest.OfHex(hex) != digest)
        {
            throw new ImageException(
                ImageProblem.Damaged, files.Path, $"'{files.Path}' is damaged: '{name}' has the digest {digest}.");
        }

        ImageProperties properties = ImageConfiguration.Parse(configuration, files.Path).Describe(
            new ImageProperties { Digest = digest, Source = files.Path });
        return image.Texts("RepoTags").DefaultIfEmpty(null!).Select(
            tag => new ArchivedImage(properties with { Name = tag }, ArchiveForm.DockerFile, position)
            {
                Configuration = configuration,
            });
    }

    private static ImageException Missing(IImageFiles files, string name) => new(
        ImageProblem.Damaged, files.Path, $"'{files.Path}' is damaged: it names '{name}', which is not in it.");
}
