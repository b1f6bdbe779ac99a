using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The resources object of the OCI runtime specification.</summary>
internal static class Limits
{
    /// <summary>
    /// Maximum number of processes and threads of one container, so that none uses up those of the machine.
    /// </summary>
    internal const int MostProcesses = 2048;

    private const string Function = "HcsCreateComputeSystem";
    private const long BytesPerMiB = 1024 * 1024;

    // With less memory, runc itself cannot start a process.
    private const long LeastMemoryInMiB = 4;

    private const long FullShare = 10_000;
    private const long DefaultWeight = 100;
    private const long DefaultShares = 1024;
    private const long MostShares = 262_144;
    private const long LeastShares = 2;
    private const long Period = 100_000;
    private const long LongestPeriod = 1_000_000;
    private const long LeastQuota = 1_000;

    private static bool IsVersion2 => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    /// <exception cref="Interop.HcsException">Linux refuses a value; the error names the member.</exception>
    public static JsonObject Of(
        string id, ContainerConfig config, JsonObject? storage, IEnumerable<JsonObject> devices) =>
        Of(id, config, storage, devices, IsVersion2);

    /// <summary>
    /// Memory and processor limits of a running container, in full: a resource without a limit is explicitly set to
    /// unlimited.
    /// </summary>
    /// <exception cref="Interop.HcsException">Linux refuses a value; the error names the member.</exception>
    public static JsonObject Changed(string id, ContainerConfig config) => Changed(id, config, IsVersion2);

    internal static JsonObject Of(
        string id, ContainerConfig config, JsonObject? storage, IEnumerable<JsonObject> devices, bool isVersion2)
    {
        JsonObject limits = new()
        {
            ["devices"] = new JsonArray([new JsonObject { ["allow"] = false, ["access"] = "rwm" }, .. devices]),
            ["pids"] = new JsonObject { ["limit"] = MostProcesses },
            ["cpu"] = Processor(config, isVersion2),
        };
        if (config.MemoryMaximumInMB > 0)
        {
            limits["memory"] = Memory(id, config.MemoryMaximumInMB);
        }

        if (isVersion2 && config.ProcessorWeight > 0)
        {
            limits["unified"] = new JsonObject
            {
                ["cpu.weight"] = config.ProcessorWeight.ToString(CultureInfo.InvariantCulture),
            };
        }

        if (storage is not null)
        {
            limits["blockIO"] = storage;
        }

        return limits;
    }

    internal static JsonObject Changed(string id, ContainerConfig config, bool isVersion2)
    {
        JsonObject processor = Processor(config, isVersion2);
        processor["cpus"] ??= string.Join(",", Processors.Available());
        processor["quota"] ??= -1;
        processor["period"] ??= Period;
        if (!isVersion2)
        {
            processor["shares"] ??= DefaultShares;
        }

        JsonObject limits = new()
        {
            ["cpu"] = processor,
            ["memory"] = config.MemoryMaximumInMB > 0
                ? Memory(id, config.MemoryMaximumInMB)
                : new JsonObject { ["limit"] = -1, ["swap"] = -1 },
        };
        if (isVersion2)
        {
            ulong weight = config.ProcessorWeight == 0 ? (ulong)DefaultWeight : config.ProcessorWeight;
            limits["unified"] = new JsonObject { ["cpu.weight"] = weight.ToString(CultureInfo.InvariantCulture) };
        }

        return limits;
    }

    private static JsonObject Memory(string id, long maximum)
    {
        if (maximum < LeastMemoryInMiB)
        {
            throw Refusal.InvalidArgument(
                id, Function, $"MemoryMaximumInMB: isolation Oci needs at least {LeastMemoryInMiB}.");
        }

        if (maximum > long.MaxValue / BytesPerMiB)
        {
            throw Refusal.InvalidArgument(
                id, Function, $"MemoryMaximumInMB: isolation Oci takes at most {long.MaxValue / BytesPerMiB}.");
        }

        // One limit for memory and swap together, so that the kernel does not swap out what exceeds the memory.
        return new JsonObject { ["limit"] = maximum * BytesPerMiB, ["swap"] = maximum * BytesPerMiB };
    }

    private static JsonObject Processor(ContainerConfig config, bool isVersion2)
    {
        JsonObject processor = [];
        IReadOnlyList<int> available = Processors.Available();
        int count = config.ProcessorCount == 0
            ? available.Count
            : (int)Math.Min(config.ProcessorCount, (uint)available.Count);
        if (count < available.Count)
        {
            processor["cpus"] = string.Join(",", Processors.Choose(available, count));
        }

        if (config.ProcessorWeight > 0 && !isVersion2)
        {
            long shares = (long)config.ProcessorWeight * DefaultShares / DefaultWeight;
            processor["shares"] = Math.Min(Math.Max(shares, LeastShares), MostShares);
        }

        if (config.ProcessorMaximum > 0)
        {
            // Linux refuses a quota below a millisecond; a longer period allows smaller shares.
            long period = Quota(Period) < LeastQuota ? LongestPeriod : Period;
            processor["period"] = period;
            processor["quota"] = Math.Max(Quota(period), LeastQuota);
        }

        return processor;

        long Quota(long period) => config.ProcessorMaximum * count * period / FullShare;
    }
}
