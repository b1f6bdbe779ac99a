using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>The traces of a container on the machine while it lives; none may remain afterwards.</summary>
internal static class Traces
{
    private const string GroupRoot = "/sys/fs/cgroup";

    /// <summary>Returns the control groups of one container.</summary>
    public static IReadOnlyList<string> ControlGroups(string id) =>
        [.. Groups().Where(path => path.EndsWith(Hash(id), StringComparison.Ordinal))];

    /// <summary>Returns the outer id of a process of a container; 0 if no process has this id inside.</summary>
    public static int ProcessOf(string id, uint processId) => ControlGroups(id).Take(1)
        .SelectMany(group => Read(Path.Combine(group, "cgroup.procs")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(outside => Read($"/proc/{outside}/status").Split('\n').Any(
            line => line.StartsWith("NSpid:", StringComparison.Ordinal) && line.EndsWith($"\t{processId}", StringComparison.Ordinal))) is { } found
            ? int.Parse(found, null)
            : 0;

    /// <summary>
    /// Returns all current traces of a host: its places, and the processes with its name in their command lines.
    /// </summary>
    public static IReadOnlyList<string> Of(string host) =>
    [
        .. Places(host),
        .. Directory.GetDirectories("/proc").Where(folder => CommandLine(folder).Contains(host, StringComparison.Ordinal)),
    ];

    /// <summary>Returns the current places of a host: folders, lock, control groups, mounts, loop devices.</summary>
    public static IReadOnlyList<string> Places(string host) =>
    [
        .. Groups().Where(path => path.Contains("/hcs-" + host, StringComparison.Ordinal)),
        .. Entries(HostFolder.Root).Where(path => path.Contains(host, StringComparison.Ordinal)),
        .. Entries(Path.Combine(HostFolder.Root, host, "bundles")),
        .. Entries(Path.Combine(HostFolder.Root, host, "runc")),
        .. File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(host, StringComparison.Ordinal)),
        .. LoopDevices().Where(file => file.Contains(host, StringComparison.Ordinal)),
    ];

    /// <summary>Counts the open files of this process whose path contains the text.</summary>
    public static int OpenFiles(string part) => Directory.GetFiles("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.Contains(part, StringComparison.Ordinal) == true);

    /// <summary>Returns the files below a folder that are attached as loop devices.</summary>
    public static IEnumerable<string> LoopDevices(string folder) =>
        LoopDevices().Where(file => file.StartsWith(folder, StringComparison.Ordinal));

    private static IEnumerable<string> LoopDevices() => Directory.GetDirectories("/sys/block", "loop*")
        .Select(folder => Path.Combine(folder, "loop", "backing_file"))
        .Where(File.Exists)
        .Select(Read);

    /// <summary>True if no container holds the image or scratch.</summary>
    public static bool IsFree(string image)
    {
        try
        {
            FileHold.Take("another", "HcsCreateComputeSystem", "HostPath", image, FileHold.Open(image)).Dispose();
            return true;
        }
        catch (HcsException e) when (e.Is(HResult.SharingViolation))
        {
            return false;
        }
    }

    /// <summary>Returns the hosts that have a folder.</summary>
    public static IReadOnlyList<string> Hosts() => !Directory.Exists(HostFolder.Root)
        ? []
        : [.. Directory.GetDirectories(HostFolder.Root).Select(folder => Path.GetFileName(folder))];

    private static string Hash(string id)
    {
        string name = ContainerName.Of("x", 0, id);
        return name[name.LastIndexOf('-')..];
    }

    // In version 2 the groups are beside the other folders; reading a group that disappears meanwhile would fail.
    private static IEnumerable<string> Groups() => Directory.GetDirectories(GroupRoot)
        .Where(folder => !Path.GetFileName(folder).StartsWith("hcs-", StringComparison.Ordinal))
        .Prepend(GroupRoot)
        .SelectMany(folder => Directory.GetDirectories(folder, "hcs-*"));

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder does not exist yet, or not any more.
            return [];
        }
    }

    private static string CommandLine(string processFolder) => Read(Path.Combine(processFolder, "cmdline"));

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The file has disappeared meanwhile.
            return string.Empty;
        }
    }
}
