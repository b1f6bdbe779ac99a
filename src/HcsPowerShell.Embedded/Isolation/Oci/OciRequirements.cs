using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci;

/// <summary>What isolation Oci needs of the machine.</summary>
internal static class OciRequirements
{
    private const string RuncName = "runc";

    // What openat2, by which files of a container are looked at, needs.
    private static readonly Version s_oldestKernel = new(5, 6);

    private static readonly string[] s_folders =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>What lacks, as the end of a sentence; null when nothing does.</summary>
    public static string? Lack() =>
        !RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "this is not Linux"
        : RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64)
            ? $"the processor is {RuntimeInformation.OSArchitecture}, neither x64 nor arm64"
        : Libc.geteuid() != 0 ? "the caller is not root"
        : FindRunc() is null ? "runc is not installed"
        : Environment.OSVersion.Version < s_oldestKernel ? $"Linux is older than {s_oldestKernel}"
        : !HasControlGroups() ? "no control groups are mounted"
        : MountNamespace.HasRootOfItsOwn() ? "PowerShell runs in a chroot, which processes of runc would leave"
        : null;

    /// <summary>The absolute path of runc; null when it is not installed.</summary>
    public static string? FindRunc()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return path.Split(Path.PathSeparator).Where(folder => folder.StartsWith("/", StringComparison.Ordinal))
            .Concat(s_folders)
            .Select(folder => Path.Combine(folder, RuncName))
            .FirstOrDefault(IsProgram);
    }

    // A link that leads nowhere exists, too, for .NET.
    private static bool IsProgram(string path) => File.Exists(path) && Libc.access(CString.From(path), Libc.X_OK) == 0;

    // Of version 2 the root has this file, of version 1 a folder for each controller.
    private static bool HasControlGroups() =>
        File.Exists("/sys/fs/cgroup/cgroup.controllers") || Directory.Exists("/sys/fs/cgroup/memory");
}
