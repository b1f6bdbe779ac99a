using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The programs and settings of this machine, read-only, as the base of a container without layers.</summary>
internal static class HostBase
{
    private static readonly string[] s_folders =
        ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr", "/etc", "/opt"];

    // A container writes its own of these; 1777 as everybody may.
    private static readonly (string Path, uint Mode)[] s_own =
    [
        ("home", 0x1ED), ("mnt", 0x1ED), ("root", 0x1C0), ("run", 0x1ED), ("srv", 0x1ED), ("tmp", 0x3FF), ("var", 0x1ED),
        ("var/cache", 0x1ED), ("var/lib", 0x1ED), ("var/log", 0x1ED), ("var/tmp", 0x3FF),
    ];

    /// <summary>Makes what a system has beside its programs; leaves alone what is there.</summary>
    public static void Prepare(string root)
    {
        foreach (string folder in s_folders)
        {
            string link = root + folder;
            if (Symlink.Read(folder) is { } target && Symlink.Read(link) is null && !Directory.Exists(link))
            {
                Symlink.Create(target, link);
            }
        }

        foreach ((string path, uint mode) in s_own)
        {
            string folder = Path.Combine(root, path);
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                _ = Libc.chmod(CString.From(folder), mode);
            }
        }

        if (Symlink.Read(Path.Combine(root, "var/run")) is null && !Directory.Exists(Path.Combine(root, "var/run")))
        {
            Symlink.Create("/run", Path.Combine(root, "var/run"));
        }
    }

    public static IEnumerable<JsonObject> Mounts() => s_folders
        .Where(folder => Directory.Exists(folder) && Symlink.Read(folder) is null)
        .Select(folder => Mount.Bind(folder, folder, isReadOnly: true));
}
