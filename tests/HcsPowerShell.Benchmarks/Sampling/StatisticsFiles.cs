using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using HcsPowerShell.Benchmarks.LifeCycle;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>The files from which a sample is read.</summary>
internal static class StatisticsFiles
{
    private static readonly (string Controller, string File)[] s_version1 =
    [
        ("cpuacct", "cpuacct.usage"),
        ("cpuacct", "cpuacct.usage_user"),
        ("cpuacct", "cpuacct.usage_sys"),
        ("memory", "memory.usage_in_bytes"),
        ("memory", "memory.max_usage_in_bytes"),
        ("memory", "memory.stat"),
        ("blkio", "blkio.throttle.io_service_bytes_recursive"),
        ("blkio", "blkio.throttle.io_serviced_recursive"),
    ];

    private static readonly string[] s_version2 =
        ["cpu.stat", "memory.current", "memory.peak", "memory.stat", "io.stat"];

    /// <summary>Returns the paths of the files, each terminated by a zero byte.</summary>
    public static IReadOnlyList<byte[]> Of(ModuleBundle bundle)
    {
        JsonNode state = JsonNode.Parse(File.ReadAllText(bundle.StateFile))!;
        JsonObject groups = state["cgroup_paths"]!.AsObject();
        IEnumerable<string> files = groups.ContainsKey("memory")
            ? s_version1.Select(file => $"{groups[file.Controller]}/{file.File}")
            : s_version2.Select(file => $"{groups[string.Empty]}/{file}").Where(File.Exists);
        return [.. files.Append($"/proc/{state["init_process_pid"]}/net/dev").Select(file => Encoding.UTF8.GetBytes(file + "\0"))];
    }
}
