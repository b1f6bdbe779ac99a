using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>A mount of the OCI runtime specification. All are made in the container's own mount namespace.</summary>
internal static class Mount
{
    public static JsonObject Of(string type, string source, string destination, params string[] options) => new()
    {
        ["destination"] = destination,
        ["type"] = type,
        ["source"] = source,
        ["options"] = new JsonArray([.. options.Select(option => (JsonNode)option)]),
    };

    /// <summary>A file or folder of the host.</summary>
    public static JsonObject Bind(string source, string destination, bool isReadOnly) =>
        Of("bind", source, destination, isReadOnly ? ["bind", "ro"] : ["bind"]);
}
