using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The places in a container where folders, pipes and disks of the host are mounted.</summary>
/// <param name="id">Id of the container.</param>
/// <param name="config">Its document.</param>
/// <param name="programs">Mounts that are made before.</param>
/// <param name="mapped">Mapped folders, pipes and disks, in the order in which they are mounted.</param>
internal sealed class MountPlaces(
    string id, ContainerConfig config, IReadOnlyList<JsonObject> programs, IReadOnlyList<JsonObject> mapped)
{
    private const string Function = "HcsCreateComputeSystem";

    // The kernel follows the same number of links.
    private const int MostLinks = 40;

    // The host's /sys looks the same as the container's.
    private static readonly JsonObject s_devices = Mount.Bind("/sys", "/sys", isReadOnly: true);

    // Places that the container itself needs. If another mount takes one, runc creates no container, or creates its
    // devices in a folder of the host.
    private static readonly string[] s_taken = ["/", "/dev", "/proc", "/sys"];

    /// <exception cref="HcsException">A place is taken; the error names the member.</exception>
    public static void RequireFree(string id, ContainerConfig config)
    {
        foreach ((string member, string path) in Members(config))
        {
            RequireFree(id, Function, member, path);
        }
    }

    /// <exception cref="HcsException">The place is taken.</exception>
    public static void RequireFree(string id, string function, string member, string path)
    {
        string place = "/" + string.Join("/", Names(path));
        if (s_taken.Contains(place) || place.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw Refusal.InvalidArgument(id, function, $"{member}: nothing can be mapped onto '{path}'.");
        }
    }

    /// <summary>Counts the folders a path leads through.</summary>
    public static int Depth(string path) => Names(path).Count;

    /// <summary>Describes the first place that cannot hold its mount; null when all can.</summary>
    /// <param name="root">The root of the container; null when there is none yet.</param>
    public HcsException? Misplaced(FileDescriptor? root)
    {
        for (int i = 0; root is not null && i < mapped.Count; i++)
        {
            string path = Destination(mapped[i]);
            if (Problem(root, path, i) is { } problem)
            {
                string member = Members(config).First(known => known.Path == path).Member;
                return Refusal.InvalidArgument(id, Function, $"{member}: {problem}");
            }
        }

        return null;
    }

    private static IEnumerable<(string Member, string Path)> Members(ContainerConfig config) =>
    [
        .. (config.MappedDirectories ?? []).Select(
            (folder, i) => ($"MappedDirectories[{i}].ContainerPath", ContainerPath.ToNative(folder.ContainerPath!))),
        .. (config.MappedPipes ?? []).Select(
            (pipe, i) => ($"MappedPipes[{i}].ContainerPipeName", MappedFolders.SocketPath(pipe.ContainerPipeName!))),
        .. (config.MappedVirtualDisks ?? []).Select(
            (disk, i) => ($"MappedVirtualDisks[{i}].ContainerPath", ContainerPath.ToNative(disk.ContainerPath!))),
    ];

    private static string Destination(JsonObject mount) => (string)mount["destination"]!;

    private static List<string> Names(string path)
    {
        List<string> names = [];
        foreach (string name in path.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return names;
    }

    // A link in the root may lead into one of its mounts.
    private static List<string> WithoutLinks(FileDescriptor root, List<string> names)
    {
        for (int i = 0, links = 0; i < names.Count; i++)
        {
            string folder = string.Join("/", names.Take(i));
            if (links < MostLinks && Symlink.Read($"{root.Path}/{folder}/{names[i]}") is { } target)
            {
                string to = target.StartsWith("/", StringComparison.Ordinal) ? target : $"{folder}/{target}";
                names = [.. Names(to), .. names.Skip(i + 1)];
                links++;
                i = -1;
            }
        }

        return names;
    }

    private string? Problem(FileDescriptor root, string path, int index)
    {
        List<string> names = WithoutLinks(root, Names(path));
        JsonObject? outer = programs.Append(s_devices).Concat(mapped.Take(index))
            .Where(mount => Names(Destination(mount)) is var above && above.Count < names.Count
                && names.Take(above.Count).SequenceEqual(above))
            .OrderBy(mount => Depth(Destination(mount)))
            .LastOrDefault();
        if (outer is null)
        {
            return Problem(root, isReadOnly: false, names, 0, path, index);
        }

        // The host has no folder for the content of a disk, so it cannot be checked.
        using FileDescriptor folder = Open(outer);
        return (string?)outer["type"] == "bind" && !folder.IsInvalid
            ? Problem(folder, IsReadOnly(outer), names, Depth(Destination(outer)), path, index)
            : null;
    }

    private string? Problem(
        FileDescriptor root, bool isReadOnly, List<string> names, int first, string path, int index)
    {
        for (int count = first + 1; count <= names.Count; count++)
        {
            using FileDescriptor found = new(Libc.openat2(
                root,
                CString.From("/" + string.Join("/", names.Skip(first).Take(count - first))),
                new Libc.OpenHow { Flags = Libc.O_PATH | Libc.O_CLOEXEC, Resolve = Libc.RESOLVE_IN_ROOT }));
            string shown = "/" + string.Join("/", names.Take(count));
            if (found.IsInvalid)
            {
                return isReadOnly ? $"'{shown}' does not exist, and cannot be made in a folder that is read-only." : null;
            }

            bool isFolder = FileStatus.Of(found).IsFolder;
            if (count < names.Count && !isFolder)
            {
                return $"'{shown}' is a file, so there can be no '{path}'.";
            }

            if (count == names.Count && isFolder != IsFolder(mapped[index]))
            {
                return isFolder ? $"'{path}' is a folder, and what is mapped is none." : $"'{path}' is a file, and no folder can be mapped onto it.";
            }
        }

        return null;
    }

    private static bool IsReadOnly(JsonObject mount) =>
        mount["options"]!.AsArray().Any(option => (string?)option == "ro");

    private static bool IsFolder(JsonObject mount)
    {
        using FileDescriptor source = Open(mount);
        return (string?)mount["type"] != "bind" || source.IsInvalid || FileStatus.Of(source).IsFolder;
    }

    private static FileDescriptor Open(JsonObject mount) =>
        new(Libc.open(CString.From((string)mount["source"]!), Libc.O_PATH | Libc.O_CLOEXEC));
}
