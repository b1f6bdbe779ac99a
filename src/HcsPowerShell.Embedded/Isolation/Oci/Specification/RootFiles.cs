using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Isolation.Oci.Storage;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The root of a container: layers under a scratch, or the host's own system under it where there are none.</summary>
internal static class RootFiles
{
    /// <param name="bundle">Folder of the container.</param>
    /// <param name="layers">Newest first, as overlay wants them.</param>
    /// <param name="scratch">What is written to.</param>
    /// <returns>What is mounted first, over an empty folder.</returns>
    public static IEnumerable<JsonObject> Mounts(string bundle, IReadOnlyList<Layer> layers, Scratch scratch)
    {
        IEnumerable<JsonObject> before = scratch.Mount is { } mount ? [mount] : [];
        return before.Concat(layers.Count == 0 ? OnHost(scratch) : [OnLayers(bundle, layers, scratch)]);
    }

    private static JsonObject OnLayers(string bundle, IReadOnlyList<Layer> layers, Scratch scratch)
    {
        string links = Path.Combine(bundle, "links");
        Directory.CreateDirectory(links);
        IEnumerable<string> lower = layers.Select((layer, i) => Link(links, $"{i}", layer.Path!));
        return Mount.Of(
            "overlay",
            "overlay",
            "/",
            "lowerdir=" + string.Join(":", lower),
            "upperdir=" + Link(links, "upper", scratch.Upper),
            "workdir=" + Link(links, "work", scratch.Work));
    }

    private static IEnumerable<JsonObject> OnHost(Scratch scratch)
    {
        scratch.Prepare(HostBase.Prepare);
        return [Mount.Bind(scratch.Upper, "/", isReadOnly: false), .. HostBase.Mounts()];
    }

    // Colons and commas in a path would be taken for separators of the mount options.
    private static string Link(string folder, string name, string target)
    {
        string link = Path.Combine(folder, name);
        Symlink.Create(Path.GetFullPath(target), link);
        return link;
    }
}
