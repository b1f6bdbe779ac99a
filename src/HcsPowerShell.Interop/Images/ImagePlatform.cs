using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Images;

/// <summary>The platform that an image is for.</summary>
/// <param name="OS">windows or linux.</param>
/// <param name="Architecture">Its OCI name, such as amd64.</param>
internal sealed record ImagePlatform(string OS, string Architecture)
{
    /// <summary>The architecture of this machine by its OCI name.</summary>
    public static string MachineArchitecture { get; } = RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>True when an image that says this of itself can run; what it does not say is no obstacle.</summary>
    public bool Takes(string? os, string? architecture) =>
        (string.IsNullOrEmpty(os) || string.Equals(os, OS, StringComparison.Ordinal))
        && (string.IsNullOrEmpty(architecture) || string.Equals(architecture, Architecture, StringComparison.Ordinal));
}
