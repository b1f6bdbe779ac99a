using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// The mounts that every Linux program expects, and the paths in them that a container must not read or write.
/// </summary>
internal static class StandardMounts
{
    private static readonly string[] s_masked =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap",
        "/sys/firmware",
    ];

    private static readonly string[] s_readOnly =
        ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static IEnumerable<JsonObject> Mounts() =>
    [
        Mount.Of("proc", "proc", "/proc", "nosuid", "noexec", "nodev"),
        Mount.Of("tmpfs", "tmpfs", "/dev", "nosuid", "strictatime", "mode=755", "size=65536k"),
        Mount.Of("devpts", "devpts", "/dev/pts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
        Mount.Of("tmpfs", "shm", "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
        Mount.Of("mqueue", "mqueue", "/dev/mqueue", "nosuid", "noexec", "nodev"),
        Mount.Of("sysfs", "sysfs", "/sys", "nosuid", "noexec", "nodev", "ro"),
    ];

    public static JsonArray MaskedPaths() => new([.. s_masked.Select(path => (JsonNode)path)]);

    public static JsonArray ReadOnlyPaths() => new([.. s_readOnly.Select(path => (JsonNode)path)]);
}
