using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The limits of each process in a container, which would otherwise be those of this process.</summary>
internal static class ProcessLimits
{
    private const string OpenFiles = "Max open files";
    private const long MostOpenFiles = 524_288;

    private static readonly long s_openFiles = Math.Min(MostOpenFiles, Allowed());

    public static JsonArray ToJson() => new(
        // Soft equals hard, as the keeper sets those of runc. If they differ, a race decides which one a process gets
        // (runc#4195).
        Limit("RLIMIT_NOFILE", s_openFiles, s_openFiles),

        // A setting of the whole machine decides where a core dump goes: a program of the host would receive it.
        Limit("RLIMIT_CORE", 0, 0));

    private static JsonObject Limit(string type, long soft, long hard) =>
        new() { ["type"] = type, ["soft"] = soft, ["hard"] = hard };

    // Not every system lets a container have more than this process may have.
    private static long Allowed() => long.TryParse(
        File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith(OpenFiles, StringComparison.Ordinal))
            .Substring(OpenFiles.Length)
            .Split([' '], StringSplitOptions.RemoveEmptyEntries)[1],
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out long number) ? number : long.MaxValue;
}
