using System;
using System.Collections.Generic;

namespace HcsPowerShell.Interop;

/// <summary>The properties and abilities of a host (HCS service properties, and those that the adapter adds).</summary>
public sealed record HostProperties
{
    /// <summary>Local for HCS itself, Embedded for the host inside this process.</summary>
    public required HostKind Kind { get; init; }

    /// <summary>
    /// The isolation of the systems: Process or Oci for an embedded host, null where the service decides.
    /// </summary>
    public string? Isolation { get; init; }

    /// <summary>
    /// The requirement of isolation Oci that the machine lacks, when Process was chosen instead; null when it lacks
    /// none.
    /// </summary>
    public string? IsolationLack { get; init; }

    /// <summary>True when the service mounts the scratch of a container itself, and makes one where none is named.</summary>
    public bool MountsScratch { get; init; }

    /// <summary>The operating system that its images are for: windows or linux; null for a host without images.</summary>
    public string? ImageOS { get; init; }

    /// <summary>Version of the Windows that it is; null for an embedded host, and where Windows cannot be asked.</summary>
    public Version? OSVersion { get; init; }

    /// <summary>The libraries in use, with their versions.</summary>
    public IReadOnlyList<string> Api { get; init; } = [];

    /// <summary>
    /// True when the caller has administrator rights, elevation included; null where that has no meaning.
    /// </summary>
    public bool? IsElevated { get; init; }

    /// <summary>Schema versions the service accepts, newest last.</summary>
    public IReadOnlyList<string> SchemaVersions { get; init; } = [];

    /// <summary>
    /// Members of <see cref="Documents.ContainerConfig"/> that this host accepts and does not enforce.
    /// </summary>
    public IReadOnlyList<string> UnenforcedContainerMembers { get; init; } = [];

    /// <summary>
    /// Members of <see cref="Documents.ComputeSystem"/> that this host accepts and does not enforce, by their paths.
    /// </summary>
    public IReadOnlyList<string> UnenforcedSystemMembers { get; init; } = [];

    /// <summary>
    /// Resources of a running container whose change this host accepts and does not enforce: a ResourceType of schema 1
    /// or a ResourcePath of schema 2.
    /// </summary>
    public IReadOnlyList<string> UnenforcedResources { get; init; } = [];

    /// <summary>Members of <see cref="Documents.ProcessConfig"/> that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedProcessMembers { get; init; } = [];
}
