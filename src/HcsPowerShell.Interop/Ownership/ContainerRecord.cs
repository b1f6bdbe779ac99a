using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>The record of what one container owns. It ends with the container, not with the session that wrote it.</summary>
internal sealed record ContainerRecord
{
    /// <summary>Id of the container.</summary>
    public required string Id { get; init; }

    /// <summary>Identifies the record, and is the name of a scratch that the container owns: 32 digits.</summary>
    public required string Key { get; init; }

    /// <summary>Time when the record was written.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Folder of a scratch that the user named; null for one that the container owns.</summary>
    public string? ScratchPath { get; init; }

    /// <summary>True to leave the scratch when the container has gone.</summary>
    public bool KeepsScratch { get; init; }

    /// <summary>True when the scratch is mounted for the container, and not by the service.</summary>
    public bool IsMounted { get; init; }

    /// <summary>The read-only layers below the scratch, newest first; empty for a container without a scratch here.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Guids of the endpoints that the container owns.</summary>
    public IReadOnlyList<Guid> Endpoints { get; init; } = [];

    /// <summary>Guid of the namespace that holds them, for a container of schema 2.</summary>
    public Guid? Namespace { get; init; }

    /// <summary>True when the record names a scratch.</summary>
    [JsonIgnore]
    public bool HasScratch => Layers.Count > 0;

    /// <summary>The image with the defaults of the processes; null for a container without an image.</summary>
    public ImageProperties? Image { get; init; }
}

/// <summary>Reads and writes records, with generated code.</summary>
[JsonSerializable(typeof(ContainerRecord))]
internal sealed partial class ContainerRecordContext : JsonSerializerContext;
