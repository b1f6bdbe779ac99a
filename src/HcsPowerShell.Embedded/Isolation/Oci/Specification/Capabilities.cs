using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The capabilities of a process in a container: those that end at the container's own borders.</summary>
internal static class Capabilities
{
    private static readonly string[] s_names =
    [
        "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_MKNOD",
        "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID",
        "CAP_SYS_CHROOT",
    ];

    /// <param name="isRoot">Whether the process runs as root: another user has them only where a program gives them.</param>
    public static JsonObject ToJson(bool isRoot) => new()
    {
        ["bounding"] = Names(),
        ["permitted"] = isRoot ? Names() : [],
        ["effective"] = isRoot ? Names() : [],
    };

    private static JsonArray Names() => new([.. s_names.Select(name => (JsonNode)name)]);
}
