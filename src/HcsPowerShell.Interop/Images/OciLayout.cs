using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace HcsPowerShell.Interop.Images;

/// <summary>Reads the index of an OCI layout, and the manifests and configurations that it names.</summary>
internal sealed class OciLayout
{
    /// <summary>Name of the file with the list of the images.</summary>
    public const string IndexName = "index.json";

    /// <summary>Annotation with the name of an image.</summary>
    public const string ReferenceName = "org.opencontainers.image.ref.name";

    // containerd and Docker write the tag alone into the other one.
    private const string WholeName = "io.containerd.image.name";
    private const int MostDepth = 4;
    private const int MostImages = 1000;

    private readonly IImageFiles _files;
    private readonly ArchiveForm _form;
    private readonly ImagePlatform _platform;
    private readonly CancellationToken _abandoned;

    /// <param name="files">Its files.</param>
    /// <param name="form">Its form.</param>
    /// <param name="platform">What is chosen where an image is there for several platforms.</param>
    /// <param name="abandoned">Cancelled when nobody waits any longer.</param>
    public OciLayout(IImageFiles files, ArchiveForm form, ImagePlatform platform, CancellationToken abandoned)
    {
        _files = files;
        _form = form;
        _platform = platform;
        _abandoned = abandoned;
    }

    /// <summary>Reads the images; null when the files are of another form.</summary>
    /// <exception cref="ImageException">A part of it is missing, has another digest, or cannot be read.</exception>
    public IReadOnlyList<ArchivedImage>? Read()
    {
        if (_files.Read(IndexName) is not { } content)
        {
            return null;
        }

        IReadOnlyList<ImageNode> images = ImageNode.Parse(content, _files.Path, IndexName).Nodes("manifests");
        return images.Count <= MostImages
            ? [.. images.Select(Read)]
            : throw Unreadable($"it has {images.Count} images; {MostImages} are the most");
    }

    private ArchivedImage Read(ImageNode descriptor, int position)
    {
        _abandoned.ThrowIfCancellationRequested();
        ImageNode? annotations = descriptor.Node("annotations");
        string? reference = annotations?.Text(ReferenceName);
        (ImageNode chosen, ImageNode manifest, long size) = Choose(descriptor, 0);
        ImageNode configuration = manifest.Node("config") ?? throw Unreadable("a manifest has no configuration");
        foreach (ImageNode layer in manifest.Nodes("layers"))
        {
            RequireLayer(layer);
        }

        byte[] content = Blob(configuration);
        ImageProperties properties = ImageConfiguration.Parse(content, _files.Path).Describe(
            new ImageProperties
            {
                Name = annotations?.Text(WholeName) ?? reference,
                Digest = Digest(chosen),
                Source = _files.Path,
            });
        return new ArchivedImage(properties, _form, position)
        {
            Configuration = content,
            ReferenceName = reference,
            MediaType = chosen.Text("mediaType"),
            ManifestSize = size,
        };
    }

    // An index names other indexes or manifests: the first one for the platform is taken. Without any it is the first
    // one at all, which then shows what it is for.
    private (ImageNode Descriptor, ImageNode Manifest, long Size) Choose(ImageNode descriptor, int depth)
    {
        byte[] content = Blob(descriptor);
        ImageNode document = ImageNode.Parse(content, _files.Path, Digest(descriptor));
        IReadOnlyList<ImageNode> choice = document.Nodes("manifests");
        if (choice.Count == 0)
        {
            return (descriptor, document, content.Length);
        }

        ImageNode first = choice.Select(one => (ImageNode?)one).FirstOrDefault(
            one => one!.Value.Node("platform") is { } platform
                && _platform.Takes(platform.Text("os"), platform.Text("architecture"))) ?? choice[0];
        return depth < MostDepth ? Choose(first, depth + 1) : throw Unreadable("its indexes are nested too deeply");
    }

    private byte[] Blob(ImageNode descriptor)
    {
        string digest = Digest(descriptor);
        byte[] content = _files.Read(NameOf(digest)) ?? throw Damaged($"it names {digest}, which is not in it");
        string found = ImageDigest.Of(content);
        return found == digest ? content : throw Damaged($"a part of it has the digest {found}, not {digest}");
    }

    // Layers that may not be distributed have an address instead.
    private void RequireLayer(ImageNode layer)
    {
        string digest = Digest(layer);
        long? size = _files.SizeOf(NameOf(digest));
        if (size is null ? !layer.IsSet("urls") : size != layer.Number("size"))
        {
            throw Damaged(size is null ? $"its layer {digest} is not in it" : $"its layer {digest} has {size} bytes");
        }
    }

    private static string NameOf(string digest) => "blobs/sha256/" + ImageDigest.HexOf(digest);

    private string Digest(ImageNode descriptor) =>
        descriptor.Text("digest") is { } digest && ImageDigest.HexOf(digest) is not null
            ? digest
            : throw Unreadable("a digest in it is none of SHA-256");

    private ImageException Unreadable(string reason) =>
        new(ImageProblem.Unreadable, _files.Path, $"'{_files.Path}' cannot be read: {reason}.");

    private ImageException Damaged(string reason) =>
        new(ImageProblem.Damaged, _files.Path, $"'{_files.Path}' is damaged: {reason}.");
}
