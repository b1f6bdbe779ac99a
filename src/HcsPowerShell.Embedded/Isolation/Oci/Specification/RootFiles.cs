using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The root of a container: layers under a scratch, or the host's own system under it where there are none.</summary>
/// <param name="Path">Folder that becomes the root.</param>
/// <param name="Mounts">What is mounted on it first.</param>
internal sealed record RootFiles(string Path, IReadOnlyList<JsonObject> Mounts)
{
    /// <param name="bundle">Folder of the container.</param>
    /// <param name="layers">Newest first, as overlay wants them.</param>
    /// <param name="scratch">What is written to.</param>
    public static RootFiles Create(string bundle, IReadOnlyList<Layer> layers, Scratch scratch) =>
        layers.Count == 0 ? OnHost(scratch) : OnLayers(bundle, layers, scratch);

    private static RootFiles OnLayers(string bundle, IReadOnlyList<Layer> layers, Scratch scratch)
    {
        string root = System.IO.Path.Combine(bundle, "rootfs");
        string links = System.IO.Path.Combine(bundle, "links");
        Directory.CreateDirectory(root);
        Directory.CreateDirectory(links);
        IEnumerable<string> lower = layers.Select((layer, i) => Link(links, $"{i}", layer.Path!));
        return new RootFiles(
            root,
            [
                Mount.Of(
                    "overlay",
                    "overlay",
                    "/",
                    "lowerdir=" + string.Join(":", lower),
                    "upperdir=" + Link(links, "upper", scratch.Upper),
                    "workdir=" + Link(links, "work", scratch.Work)),
            ]);
    }

    private static RootFiles OnHost(Scratch scratch)
    {
        HostBase.Prepare(scratch.Upper);
        return new RootFiles(scratch.Upper, [.. HostBase.Mounts()]);
    }

    // Colons and commas in a path would be taken for separators of the mount options.
    private static string Link(string folder, string name, string target)
    {
        string link = System.IO.Path.Combine(folder, name);
        Symlink.Create(System.IO.Path.GetFullPath(target), link);
        return link;
    }
}
