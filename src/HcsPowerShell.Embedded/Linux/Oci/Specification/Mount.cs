using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// Builds mounts of the OCI runtime specification. All are made in the container's own mount namespace.
/// </summary>
internal static class Mount
{
    private static readonly Version s_readOnlyTrees = new(5, 12);

    public static JsonObject Of(string type, string source, string destination, params string[] options) => new()
    {
        ["destination"] = destination,
        ["type"] = type,
        ["source"] = source,
        ["options"] = new JsonArray([.. options.Select(option => (JsonNode)option)]),
    };

    /// <summary>Mounts a file or folder of the host.</summary>
    public static JsonObject Bind(string source, string destination, bool isReadOnly) =>
        Of("bind", source, destination, isReadOnly ? ["bind", "ro"] : ["bind"]);

    /// <summary>
    /// Mounts a file or folder of the host, including the mounts inside it; later mounts of the host do not appear.
    /// </summary>
    /// <remarks>
    /// Before Linux 5.12, mounts inside a read-only folder cannot be made read-only, and are left out.
    /// </remarks>
    public static JsonObject BindAll(string source, string destination, bool isReadOnly) => Of(
        "bind",
        source,
        destination,
        !isReadOnly ? ["rbind", "rprivate"]
        : Environment.OSVersion.Version >= s_readOnlyTrees ? ["rbind", "rprivate", "ro", "rro"]
        : ["bind", "rprivate", "ro"]);
}
