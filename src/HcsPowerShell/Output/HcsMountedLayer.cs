using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A mounted scratch: the storage of a container that New-HcsContainer creates.</summary>
public sealed class HcsMountedLayer : HcsOutput
{
    internal HcsMountedLayer(HcsHost host, MountedLayer mounted)
        : base(host)
    {
        LayerFolderPath = mounted.LayerFolderPath;
        VolumePath = mounted.VolumePath;
        Layers = mounted.Layers.ToArray();
    }

    /// <summary>Folder of the scratch.</summary>
    public string LayerFolderPath { get; }

    /// <summary>The mounted volume; under isolation Oci, the folder where it is mounted.</summary>
    public string VolumePath { get; }

    /// <summary>The layers below the scratch, newest first, base last.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public override string ToString() => LayerFolderPath;
}
