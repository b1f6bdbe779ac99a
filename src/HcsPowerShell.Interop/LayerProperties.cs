using System;
using System.Collections.Generic;

namespace HcsPowerShell.Interop;

/// <summary>The facts about one layer folder.</summary>
public sealed record LayerProperties
{
    /// <summary>Absolute path of the folder.</summary>
    public required string Path { get; init; }

    /// <summary>The kind of layer.</summary>
    public required LayerKind Kind { get; init; }

    /// <summary>Id of the layer in a container document (NameToGuid of the name of the folder).</summary>
    public Guid Id { get; init; }

    /// <summary>The layers below it, newest first, from <c>layerchain.json</c>.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>False for a base layer that still needs <see cref="ILayerService.InitializeAsync"/>.</summary>
    public bool IsInitialized { get; init; } = true;

    /// <summary>Version of the operating system in the layer; null when the layer does not tell.</summary>
    public Version? OSVersion { get; init; }

    /// <summary>True when the layer has a utility virtual machine, which Hyper-V isolation needs.</summary>
    public bool HasUtilityVM { get; init; }

    /// <summary>The volume of a mounted scratch; null when it is not mounted.</summary>
    public string? VolumePath { get; init; }
}

/// <summary>The size of a layer, and the layers that use it.</summary>
/// <param name="Size">Bytes of its files; null when a part of it cannot be read.</param>
/// <param name="Children">The folders of layers that have this one as a parent.</param>
public sealed record LayerUsage(long? Size, IReadOnlyList<string> Children);

/// <summary>The kinds of layers.</summary>
public enum LayerKind
{
    /// <summary>A read-only layer without parents.</summary>
    Base,

    /// <summary>A read-only layer above others.</summary>
    ReadOnly,

    /// <summary>A writable layer.</summary>
    Scratch,
}
