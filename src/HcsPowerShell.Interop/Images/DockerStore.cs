using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Interop.Images;

/// <summary>The store of Docker on Windows, which is only read. Without Docker it has no images.</summary>
/// <remarks>
/// <c>image\windowsfilter</c> has <c>repositories.json</c> with the names, <c>imagedb\content\sha256</c> with the
/// configurations, and <c>layerdb\sha256\CHAINID\cache-id</c> with the names of the folders of layers in
/// <c>windowsfilter</c>. All of it can be moved by <c>data-root</c> of <c>config\daemon.json</c>.
/// </remarks>
/// <param name="home">Folder of Docker, such as <c>C:\ProgramData\docker</c>.</param>
internal sealed class DockerStore(string home)
{
    private const string Driver = "windowsfilter";

    private readonly string _root = LayerStores.DataRoot(Path.Combine(home, "config", "daemon.json")) ?? home;

    /// <summary>Reads the images, each once for every name it has.</summary>
    /// <exception cref="ImageException">The list of the names cannot be read.</exception>
    public IReadOnlyList<ImageProperties> Read(CancellationToken abandoned)
    {
        using FolderFiles files = new(Path.Combine(_root, "image", Driver));
        string configurations = Path.Combine(files.Path, "imagedb", "content", "sha256");
        if (!Directory.Exists(configurations))
        {
            return [];
        }

        ILookup<string, string> names = Names(files).ToLookup(name => name.Value, name => name.Key);
        List<ImageProperties> images = [];
        foreach (string hex in Directory.EnumerateFiles(configurations)
            .Select(file => Path.GetFileName(file)).Where(ImageDigest.IsHex))
        {
            abandoned.ThrowIfCancellationRequested();
            ImageProperties image = Describe(files, hex);
            images.AddRange(names[image.Digest].DefaultIfEmpty(null!).Select(name => image with { Name = name }));
        }

        return images;
    }

    // Docker may remove any of the files meanwhile, and one that is damaged must not hide the others: such an image is
    // listed with what is known.
    private ImageProperties Describe(FolderFiles files, string hex)
    {
        ImageProperties image = new() { Digest = ImageDigest.OfHex(hex), Source = _root };
        try
        {
            if (files.Read($"imagedb/content/sha256/{hex}") is not { } content
                || ImageDigest.Of(content) != image.Digest)
            {
                return image;
            }

            var configuration = ImageConfiguration.Parse(content, image.Digest);
            return configuration.Describe(image) with { Layers = Layers(files, configuration.LayerDigests) };
        }
        catch (ImageException)
        {
            return image;
        }
    }

    // A name with a digest instead of a tag says nothing that the digest does not say.
    private static IEnumerable<KeyValuePair<string, string>> Names(FolderFiles files)
    {
        if (files.Read("repositories.json") is not { } content
            || ImageNode.Parse(content, files.Path, "repositories.json").Node("Repositories") is not { } repositories)
        {
            return [];
        }

        return repositories.Element.EnumerateObject()
            .Select(repository => repositories.Node(repository.Name))
            .OfType<ImageNode>()
            .SelectMany(repository => repository.TextMembers())
            .Where(name => name.Key.IndexOf('@') < 0);
    }

    // The newest first. A chain that is not complete is none.
    private string[] Layers(FolderFiles files, IReadOnlyList<string> digests)
    {
        Stack<string> layers = new();
        string? chain = null;
        foreach (string digest in digests)
        {
            chain = chain is null ? digest : ImageDigest.Of(Encoding.ASCII.GetBytes($"{chain} {digest}"));
            if (ImageDigest.HexOf(chain) is not { } hex
                || files.Read($"layerdb/sha256/{hex}/cache-id") is not { } content
                || Encoding.ASCII.GetString(content) is not { Length: > 0 } folder
                || !folder.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                || !Directory.Exists(Path.Combine(_root, Driver, folder)))
            {
                return [];
            }

            layers.Push(Path.Combine(_root, Driver, folder));
        }

        return [.. layers];
    }
}
