using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The programs of this machine, mounted read-only as the base of a container without layers.</summary>
/// <remarks>
/// These are <c>/usr</c>, including <c>/usr/local</c>, and the folders beside it where some systems keep the loader.
/// The settings are generated (<see cref="HostSettings"/>). <c>/opt</c> is not included: programs there keep their own
/// settings in it.
/// </remarks>
internal static class HostBase
{
    private static readonly string[] s_folders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr"];

    // A container has its own, writable folders in place of these. Every user may write to those with mode 1777.
    private static readonly (string Path, uint Mode)[] s_own =
    [
        ("home", 0x1ED), ("mnt", 0x1ED), ("opt", 0x1ED), ("root", 0x1C0), ("run", 0x1ED), ("srv", 0x1ED), ("tmp", 0x3FF),
        ("var", 0x1ED), ("var/cache", 0x1ED), ("var/lib", 0x1ED), ("var/log", 0x1ED), ("var/tmp", 0x3FF),
    ];

    /// <summary>
    /// Creates the folders and links a system has beside its programs; existing ones stay as they are.
    /// </summary>
    public static void Prepare(Folder root)
    {
        foreach (string folder in s_folders)
        {
            if (Symlink.Read("/" + folder) is { } target)
            {
                root.MakeLink(folder, target);
            }
        }

        foreach ((string path, uint mode) in s_own)
        {
            root.Make(path, mode);
        }

        root.MakeLink("var/run", "/run");
    }

    /// <param name="settings">Folder that becomes <c>/etc</c>.</param>
    public static IEnumerable<JsonObject> Mounts(string settings) => s_folders
        .Select(folder => "/" + folder)
        .Where(folder => Directory.Exists(folder) && Symlink.Read(folder) is null)
        .Select(folder => Mount.Bind(folder, folder, isReadOnly: true))
        .Concat(HostSettings.Mounts(settings));
}
