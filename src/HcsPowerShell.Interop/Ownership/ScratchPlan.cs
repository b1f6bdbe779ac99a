using System.Collections.Generic;
using System.Text.Json.Nodes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>A scratch to make or use for a container that is about to be created.</summary>
internal sealed record ScratchPlan
{
    /// <summary>Folder of the scratch, which is kept; null for one that the container owns.</summary>
    public string? Path { get; init; }

    /// <summary>True to leave the scratch when the container has gone.</summary>
    public bool IsKept { get; init; }

    /// <summary>True to mount it for the container; false when the service does that.</summary>
    public bool IsMounted { get; init; }

    /// <summary>Size in bytes of a scratch that is made; 0 means the default of the service.</summary>
    public ulong Size { get; init; }

    /// <summary>The read-only layers below it, newest first, down to the base layer.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Writes the scratch into a document.</summary>
    /// <param name="document">The document, of a container with these layers.</param>
    /// <param name="version">The schema version of the document.</param>
    /// <param name="scratch">The folder of the scratch, and its volume when it is mounted.</param>
    public static string Complete(string document, SchemaVersion version, ReadyScratch scratch)
    {
        JsonObject members = version.Major > 1
            ? new() { [nameof(ComputeSystem.Container)] = new JsonObject { [nameof(Container.Storage)] = new JsonObject { [nameof(ContainerStorage.Path)] = PathIn(scratch) } } }
            : new() { [nameof(ContainerConfig.LayerFolderPath)] = scratch.Path, [nameof(ContainerConfig.VolumePath)] = scratch.VolumePath };
        return DocumentMerge.Over(document, members.ToJsonString());
    }

    // The backslash at the end is required in schema 2 and forbidden in schema 1.
    private static string PathIn(ReadyScratch scratch) => scratch.VolumePath is { } volume ? volume + "\\" : scratch.Path;
}

/// <summary>A scratch that a container can be created on.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="VolumePath">Its volume, without a trailing backslash; null when the service mounts it.</param>
internal sealed record ReadyScratch(string Path, string? VolumePath);
