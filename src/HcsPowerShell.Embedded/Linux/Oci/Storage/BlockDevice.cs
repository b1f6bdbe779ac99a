using System;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Finds the disk a path is on.</summary>
internal static class BlockDevice
{
    // Fields of a line of /proc/self/mountinfo.
    private const int DeviceField = 2;
    private const int MountPointField = 4;

    /// <returns>
    /// <c>major:minor</c> of the whole disk; null when the path is on no disk, but in memory or on a network.
    /// </returns>
    public static string? Of(string path)
    {
        string full = Path.GetFullPath(path);
        string? device = File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' '))
            .Where(fields => IsBelow(full, fields[MountPointField].Replace("\\040", " ")))
            .OrderBy(fields => fields[MountPointField].Length)
            .LastOrDefault()?[DeviceField];
        return device is null ? null : WholeDisk(device);
    }

    /// <summary>Finds the loop device an image is attached to.</summary>
    /// <param name="image">Path without links.</param>
    /// <returns><c>major:minor</c>; null when it is attached to none.</returns>
    public static string? OfImage(string image) => Directory.GetDirectories("/sys/block", "loop*")
        .Where(device => Read(Path.Combine(device, "loop", "backing_file")) == image + "\n")
        .Select(device => Read(Path.Combine(device, "dev")).Trim())
        .FirstOrDefault();

    // A loop device that is free has no such file.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private static string? WholeDisk(string device)
    {
        string folder = "/sys/dev/block/" + device;
        if (!Directory.Exists(folder))
        {
            return null;
        }

        // The kernel limits whole disks only. The link leads to the folder of the partition, inside the folder of its
        // disk.
        return File.Exists(folder + "/partition") ? File.ReadAllText(folder + "/../dev").Trim() : device;
    }

    private static bool IsBelow(string path, string mountPoint) =>
        mountPoint == "/" || path == mountPoint || path.StartsWith(mountPoint + "/", StringComparison.Ordinal);
}
