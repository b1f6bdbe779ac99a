using System.Collections.Generic;

namespace HcsPowerShell.Embedded.Linux.Oci.Files;

/// <summary>The user a process runs as, by the numbers the kernel knows.</summary>
/// <param name="UserId">uid.</param>
/// <param name="GroupId">gid.</param>
/// <param name="FurtherGroups">Supplementary groups.</param>
/// <param name="Name">User name; null when the container has none for the number.</param>
/// <param name="Home">Home folder.</param>
internal sealed record ContainerUser(
    uint UserId, uint GroupId, IReadOnlyList<uint> FurtherGroups, string? Name, string Home)
{
    public static ContainerUser Root { get; } = new(0, 0, [], "root", "/root");
}
