using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The config.json of the OCI runtime specification.</summary>
internal static class ContainerSpecification
{
    /// <param name="name">What runc knows the container by.</param>
    /// <param name="hostName">Host name inside.</param>
    /// <param name="rootFolder">Folder that becomes the root.</param>
    /// <param name="programs">What of the host's programs is mounted on it.</param>
    /// <param name="mapped">What of the host it sees besides.</param>
    /// <param name="devices">Devices it has besides.</param>
    /// <param name="limits">The resources object.</param>
    /// <param name="files">Path of the mount namespace the root is ready in.</param>
    /// <param name="network">Path of the network namespace to join; null makes a new one.</param>
    public static JsonObject Build(
        string name,
        string hostName,
        string rootFolder,
        IEnumerable<JsonObject> programs,
        IEnumerable<JsonObject> mapped,
        IEnumerable<JsonObject> devices,
        JsonObject limits,
        string files,
        string? network) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = ProcessSpecification.First(),
        ["root"] = new JsonObject { ["path"] = rootFolder, ["readonly"] = false },
        ["hostname"] = hostName,
        ["mounts"] = new JsonArray([.. programs, .. StandardMounts.Mounts(), .. mapped]),
        ["linux"] = new JsonObject
        {
            ["cgroupsPath"] = "/hcs-" + name,
            ["resources"] = limits,
            ["devices"] = new JsonArray([.. devices]),
            ["namespaces"] = new JsonArray(
                new JsonObject { ["type"] = "pid" },
                network is null
                    ? new JsonObject { ["type"] = "network" }
                    : new JsonObject { ["type"] = "network", ["path"] = network },
                new JsonObject { ["type"] = "ipc" },
                new JsonObject { ["type"] = "uts" },
                new JsonObject { ["type"] = "cgroup" },
                new JsonObject { ["type"] = "mount", ["path"] = files }),
            ["seccomp"] = SystemCallFilter.ToJson(),
            ["maskedPaths"] = StandardMounts.MaskedPaths(),
            ["readonlyPaths"] = StandardMounts.ReadOnlyPaths(),
        },
    };
}
