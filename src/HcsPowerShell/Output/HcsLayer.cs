using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop;

namespace HcsPowerShell;

/// <summary>A layer: a read-only folder that containers share, or a scratch that one container writes to.</summary>
public sealed class HcsLayer : HcsOutput
{
    internal HcsLayer(HcsHost host, LayerProperties properties, long? size, IReadOnlyList<string> usedBy)
        : base(host)
    {
        Path = properties.Path;
        Kind = properties.Kind;
        LayerId = properties.Id;
        Parents = properties.Parents.ToArray();
        IsInitialized = properties.IsInitialized;
        OSVersion = properties.OSVersion;
        HasUtilityVM = properties.HasUtilityVM;
        VolumePath = properties.VolumePath;
        Size = size;
        UsedBy = usedBy.ToArray();
    }

    /// <summary>Creates an object for the layer in a folder on a host; nothing else is known of it.</summary>
    internal static HcsLayer Named(HcsHost host, string path) =>
        new(host, new LayerProperties { Path = path, Kind = LayerKind.ReadOnly }, size: null, []);

    /// <summary>Folder of the layer.</summary>
    public string Path { get; }

    /// <summary>Base, ReadOnly or Scratch.</summary>
    public LayerKind Kind { get; }

    /// <summary>Id of the layer in a container document (NameToGuid of the name of the folder).</summary>
    public Guid LayerId { get; }

    /// <summary>Folders of the layers below it, newest first, from <c>layerchain.json</c>.</summary>
    public IReadOnlyList<string> Parents { get; }

    /// <summary>False for an unpacked base layer that needs Initialize-HcsLayer.</summary>
    public bool IsInitialized { get; }

    /// <summary>Version of the operating system in the layer; null when the layer does not tell.</summary>
    public Version? OSVersion { get; }

    /// <summary>True when the layer has a utility virtual machine, which Hyper-V isolation needs.</summary>
    public bool HasUtilityVM { get; }

    /// <summary>The volume of a mounted scratch; null when it is not mounted.</summary>
    public string? VolumePath { get; }

    /// <summary>Bytes of its files; null when they cannot be counted.</summary>
    public long? Size { get; }

    /// <summary>
    /// True for a scratch that a container owned and has left behind. Known only from Get-HcsLayer without a path.
    /// </summary>
    public bool IsOrphaned { get; internal init; }

    /// <summary>The containers and the layers that use it.</summary>
    public IReadOnlyList<string> UsedBy { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
