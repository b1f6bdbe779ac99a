using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// The root of a container: layers under a scratch or, without layers, programs of the host over a scratch. A mounted
/// scratch has its layers already.
/// </summary>
internal sealed class RootFiles
{
    private const string Function = "HcsCreateComputeSystem";

    private readonly PreparedMounts _mounts;
    private readonly Scratch _scratch;
    private readonly IReadOnlyList<FileDescriptor> _layers;

    private RootFiles(PreparedMounts mounts, Scratch scratch, IReadOnlyList<FileDescriptor> layers)
    {
        _mounts = mounts;
        _scratch = scratch;
        _layers = layers;
    }

    /// <param name="id">Id of the container.</param>
    /// <param name="layers">Layers, newest first, as overlay expects them.</param>
    /// <param name="scratch">Scratch that receives the writes.</param>
    /// <param name="mounts">Receives the layers.</param>
    /// <param name="holds">Receives the locks of the layers.</param>
    /// <exception cref="Interop.HcsException">
    /// There are too many layers, or one is no folder; the error names the member.
    /// </exception>
    public static RootFiles Open(
        string id,
        IReadOnlyList<Layer> layers,
        Scratch scratch,
        PreparedMounts mounts,
        ICollection<FileHold> holds)
    {
        if (layers.Count > PreparedMounts.MostLayers)
        {
            throw Refusal.InvalidArgument(
                id, Function, $"Layers: isolation Oci stacks {PreparedMounts.MostLayers} at most.");
        }

        return new RootFiles(
            mounts, scratch, [.. layers.Select((layer, i) => OpenLayer(id, $"Layers[{i}].Path", layer.Path!))]);

        FileDescriptor OpenLayer(string container, string member, string path)
        {
            try
            {
                using Folder folder = Folder.Open(path);
                holds.Add(LayerHold.Take(folder, path));
                return mounts.Add(folder.Descriptor);
            }
            catch (IOException e)
            {
                throw Refusal.InvalidArgument(container, Function, $"{member}: {e.Message}");
            }
        }
    }

    /// <summary>Creates the mount namespace with the root in it, after all its mounts have been added.</summary>
    /// <param name="bundle">Folder of the container.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Make(string bundle, string root)
    {
        string place = Path.Combine(bundle, "mounts");
        Directory.CreateDirectory(place);
        if (_scratch.Work is null)
        {
            _mounts.MakeFromOverlay(place, root, _scratch.Upper);
        }
        else if (_layers.Count > 0)
        {
            _mounts.Make(place, root, _layers, _scratch.Upper, _scratch.Work);
        }
        else
        {
            HostBase.Prepare(new Folder(_scratch.Upper));
            _mounts.Make(place, root, _scratch.Upper);
        }
    }
}
