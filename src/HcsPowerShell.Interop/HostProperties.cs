using System.Collections.Generic;

namespace HcsPowerShell.Interop;

/// <summary>What a host is and can do (HCS service properties, and what the adapter adds).</summary>
public sealed record HostProperties
{
    /// <summary>Local for HCS itself, Embedded for the host inside this process.</summary>
    public required HostKind Kind { get; init; }

    /// <summary>How systems are kept apart: Process or Oci for an embedded host, null where the service decides.</summary>
    public string? Isolation { get; init; }

    /// <summary>What the machine lacks for isolation Oci, where Process was taken instead; null when nothing.</summary>
    public string? IsolationLack { get; init; }

    /// <summary>The libraries in use, with their versions.</summary>
    public IReadOnlyList<string> Api { get; init; } = [];

    /// <summary>The caller has an administrator's rights, elevation included; null where that means nothing.</summary>
    public bool? IsElevated { get; init; }

    /// <summary>Schema versions the service takes, newest last.</summary>
    public IReadOnlyList<string> SchemaVersions { get; init; } = [];

    /// <summary>Members of <see cref="Documents.ContainerConfig"/> that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedContainerMembers { get; init; } = [];

    /// <summary>
    /// Members of <see cref="Documents.ComputeSystem"/> that this host accepts and does not enforce, by their paths.
    /// </summary>
    public IReadOnlyList<string> UnenforcedSystemMembers { get; init; } = [];

    /// <summary>
    /// Resources whose change in a running container this host accepts and does not enforce: a ResourceType of schema 1
    /// or a ResourcePath of schema 2.
    /// </summary>
    public IReadOnlyList<string> UnenforcedResources { get; init; } = [];

    /// <summary>Members of <see cref="Documents.ProcessConfig"/> that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedProcessMembers { get; init; } = [];
}
