using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Members that isolation Oci accepts and cannot enforce, because Linux has no equivalent.</summary>
internal static class OciLimits
{
    /// <summary>Members of <see cref="ContainerConfig"/>.</summary>
    internal static IReadOnlyList<string> ContainerMembers { get; } =
    [
        nameof(ContainerConfig.IgnoreFlushesDuringBoot),
        nameof(ContainerConfig.Credentials),
        nameof(ContainerConfig.HvPartition),
        nameof(ContainerConfig.HvRuntime),
        nameof(ContainerConfig.Servicing),
        nameof(ContainerConfig.AllowUnqualifiedDNSQuery),
    ];

    /// <summary>Members of <see cref="ProcessConfig"/>, with the part of each that is enforced nevertheless.</summary>
    internal static IReadOnlyList<string> ProcessMembers { get; } =
    [
        nameof(ProcessConfig.CreateInUtilityVm),
        nameof(ProcessConfig.OCISpecification) + " beyond process.capabilities",
    ];
}
