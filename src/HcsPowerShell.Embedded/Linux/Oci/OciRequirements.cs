using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>Checks the requirements of isolation Oci on the machine.</summary>
internal static class OciRequirements
{
    // The files of a container are opened with openat2, which needs this version.
    private static readonly Version s_oldestKernel = new(5, 6);

    /// <summary>Describes what is missing, as the end of a sentence; null when nothing is missing.</summary>
    public static string? Lack() =>
        !RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "this is not Linux"
        : RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64)
            ? $"the processor is {RuntimeInformation.OSArchitecture}, neither x64 nor arm64"
        : Libc.geteuid() != 0 ? "the caller is not root"
        : RuncProgram.Lack() is { } lack ? lack
        : Environment.OSVersion.Version < s_oldestKernel ? $"Linux is older than {s_oldestKernel}"
        : !HasControlGroups() ? "no control groups are mounted"
        : MountNamespace.HasRootOfItsOwn() ? "PowerShell runs in a chroot, which processes of runc would leave"
        : null;

    // The root folder of version 2 contains this file, that of version 1 a folder for each controller.
    private static bool HasControlGroups() =>
        File.Exists("/sys/fs/cgroup/cgroup.controllers") || Directory.Exists("/sys/fs/cgroup/memory");
}
