using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>The things to make for a container that is about to be created. It owns them.</summary>
internal sealed record OwnershipPlan
{
    /// <summary>The scratch; null when the document names one, or the service makes it.</summary>
    public ScratchPlan? Scratch { get; init; }

    /// <summary>The endpoints, with the guids of their networks.</summary>
    public IReadOnlyList<HostComputeEndpoint> Endpoints { get; init; } = [];

    /// <summary>True to put the endpoints into a namespace, which a container of schema 2 needs.</summary>
    public bool HasNamespace { get; init; }

    /// <summary>The image with the defaults of the processes; null for a container without an image.</summary>
    public ImageProperties? Image { get; init; }

    /// <summary>True when there is something to make, and so to record.</summary>
    public bool HasResources => Scratch is not null || Endpoints.Count > 0;
}

/// <summary>The things that were made for a container.</summary>
/// <param name="Scratch">The scratch; null when there is none.</param>
/// <param name="Endpoints">The endpoints, as the service describes them.</param>
/// <param name="Namespace">The guid of the namespace with the endpoints; null when there is none.</param>
internal sealed record OwnedResources(ReadyScratch? Scratch, IReadOnlyList<HostComputeEndpoint> Endpoints, Guid? Namespace)
{
    /// <summary>Writes them into a document, in the schema of that version.</summary>
    public string Complete(string document, SchemaVersion version)
    {
        if (Scratch is not null)
        {
            document = ScratchPlan.Complete(document, version, Scratch);
        }

        return Endpoints.Count == 0 ? document
            : version.Major > 1 ? WithNamespace(document)
            : WithEndpoints(document);
    }

    private string WithEndpoints(string document)
    {
        IEnumerable<string> named = HcsJson.Read<ContainerConfig>(document).EndpointList ?? [];
        ContainerConfig endpoints = new() { EndpointList = [.. named, .. Endpoints.Select(endpoint => endpoint.Guid.ToString())] };
        return DocumentMerge.Over(document, HcsJson.Write(endpoints));
    }

    private string WithNamespace(string document)
    {
        ContainerNetworking networking = new() { Namespace = Namespace?.ToString() };
        return DocumentMerge.Over(document, HcsJson.Write(
            new ComputeSystem { Container = new Container { Networking = networking } }));
    }
}
