using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>
/// The blockIO object of the OCI runtime specification, which limits how fast a container reads and writes.
/// </summary>
/// <remarks>
/// Linux limits a container on each disk, and in each direction separately. So folders on one disk share the lowest of
/// their limits, and reads and writes are not added up. Version 1 of control groups does not slow writes that go to the
/// cache first; it does slow direct and synchronous writes. Since Linux 6.9 it also does not count on a disk that never
/// had a limit. A limit of 0, which means no limit, makes it count.
/// </remarks>
internal static class Throttle
{
    private const string Function = "HcsCreateComputeSystem";
    private const string Version1File = "/sys/fs/cgroup/blkio/blkio.throttle.read_bps_device";

    /// <param name="id">Id of the container.</param>
    /// <param name="config">Its document.</param>
    /// <param name="scratch">Its scratch.</param>
    /// <returns>Null when there is nothing to limit or to count.</returns>
    /// <exception cref="Interop.HcsException">
    /// A limit is set for files that are on no disk; the error names the member.
    /// </exception>
    public static JsonObject? Of(string id, ContainerConfig config, Scratch scratch)
    {
        Dictionary<string, (ulong Bandwidth, ulong Iops)> limits = [];
        Add("StorageBandwidthMaximum or StorageIOPSMaximum", () => scratch.Device,
            config.StorageBandwidthMaximum, config.StorageIOPSMaximum);
        MappedDir[] folders = config.MappedDirectories ?? [];
        for (int i = 0; i < folders.Length; i++)
        {
            MappedDir folder = folders[i];
            Add($"MappedDirectories[{i}].BandwidthMaximum or IOPSMaximum", () => BlockDevice.Of(folder.HostPath!),
                folder.BandwidthMaximum, folder.IOPSMaximum);
        }

        bool isVersion1 = File.Exists(Version1File);
        if (isVersion1)
        {
            Count(scratch.Device);
            Array.ForEach(folders, folder => Count(BlockDevice.Of(folder.HostPath!)));
        }

        return limits.Count == 0 ? null : new JsonObject
        {
            ["throttleReadBpsDevice"] = Devices(limits.Select(limit => (limit.Key, limit.Value.Bandwidth)), isVersion1),
            ["throttleWriteBpsDevice"] = Devices(limits.Select(limit => (limit.Key, limit.Value.Bandwidth))),
            ["throttleReadIOPSDevice"] = Devices(limits.Select(limit => (limit.Key, limit.Value.Iops))),
            ["throttleWriteIOPSDevice"] = Devices(limits.Select(limit => (limit.Key, limit.Value.Iops))),
        };

        void Count(string? device)
        {
            if (device is not null && !limits.ContainsKey(device))
            {
                limits[device] = default;
            }
        }

        void Add(string member, Func<string?> find, ulong bandwidth, ulong iops)
        {
            if (bandwidth == 0 && iops == 0)
            {
                return;
            }

            string device = find() ?? throw Refusal.NotSupported(
                id, Function, $"{member}: the files are on no disk whose speed Linux could limit.");
            limits.TryGetValue(device, out (ulong Bandwidth, ulong Iops) known);
            limits[device] = (Lower(known.Bandwidth, bandwidth), Lower(known.Iops, iops));
        }
    }

    private static ulong Lower(ulong one, ulong other) => one == 0 ? other : other == 0 ? one : Math.Min(one, other);

    private static JsonArray Devices(IEnumerable<(string Device, ulong Rate)> limits, bool withFree = false) => new(
    [
        .. limits.Where(limit => withFree || limit.Rate > 0).Select(limit => (JsonNode)new JsonObject
        {
            ["major"] = Number(limit.Device, 0),
            ["minor"] = Number(limit.Device, 1),
            ["rate"] = limit.Rate,
        }),
    ]);

    private static long Number(string device, int part) =>
        long.Parse(device.Split(':')[part], CultureInfo.InvariantCulture);
}
