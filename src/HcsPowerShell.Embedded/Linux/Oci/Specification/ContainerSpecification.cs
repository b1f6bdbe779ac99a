using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>Builds the config.json of the OCI runtime specification.</summary>
internal static class ContainerSpecification
{
    /// <param name="name">Name by which runc knows the container.</param>
    /// <param name="hostName">Host name inside the container.</param>
    /// <param name="rootFolder">Folder that becomes the root.</param>
    /// <param name="programs">Mounts of the host's programs.</param>
    /// <param name="mapped">Further mounts of the host.</param>
    /// <param name="devices">Further devices.</param>
    /// <param name="limits">The resources object.</param>
    /// <param name="files">Path of the mount namespace in which the root is ready.</param>
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
