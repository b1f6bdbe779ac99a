using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// The capabilities of a process in a container: those that affect only the container, or those of its document.
/// </summary>
internal static class Capabilities
{
    private const string Function = "HcsCreateProcess";
    private const string Member = "OCISpecification";
    private const string MemberOfProcess = Member + ".process.capabilities";

    private static readonly string[] s_names =
    [
        "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL",
        "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID",
        "CAP_SYS_CHROOT",
    ];

    private static readonly string[] s_others =
    [
        "CAP_AUDIT_CONTROL", "CAP_AUDIT_READ", "CAP_BLOCK_SUSPEND", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
        "CAP_DAC_READ_SEARCH", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_LEASE", "CAP_LINUX_IMMUTABLE", "CAP_MAC_ADMIN",
        "CAP_MAC_OVERRIDE", "CAP_MKNOD", "CAP_NET_ADMIN", "CAP_NET_BROADCAST", "CAP_PERFMON", "CAP_SYS_ADMIN",
        "CAP_SYS_BOOT", "CAP_SYS_MODULE", "CAP_SYS_NICE", "CAP_SYS_PACCT", "CAP_SYS_PTRACE", "CAP_SYS_RAWIO",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_SYSLOG", "CAP_WAKE_ALARM",
    ];

    private static readonly string[] s_sets = ["bounding", "permitted", "effective", "inheritable", "ambient"];

    /// <param name="isRoot">
    /// Whether the process runs as root. Another user has none: with no_new_privs no program grants them.
    /// </param>
    public static JsonObject ToJson(bool isRoot) => new()
    {
        ["bounding"] = Names(),
        ["permitted"] = isRoot ? Names() : [],
        ["effective"] = isRoot ? Names() : [],
    };

    /// <param name="specification">Specification of a process document.</param>
    /// <returns>Null when it contains no capabilities.</returns>
    /// <exception cref="Interop.HcsException">
    /// It contains something that is no capability; the error names it.
    /// </exception>
    public static JsonObject? Of(RawJson? specification)
    {
        if (specification is null
            || Object(Member, JsonNode.Parse(specification.Text))?["process"] is not { } process
            || Object(Member + ".process", process)!["capabilities"] is not { } given)
        {
            return null;
        }

        JsonObject capabilities = Object(MemberOfProcess, given)!;
        foreach (KeyValuePair<string, JsonNode?> set in capabilities)
        {
            Require(s_sets.Contains(set.Key), $"{MemberOfProcess}: '{set.Key}' is no set of capabilities.");
            string member = $"{MemberOfProcess}.{set.Key}";
            Require(set.Value is JsonArray, $"{member}: it must be a list of names.");
            foreach (JsonNode? name in (JsonArray)set.Value!)
            {
                Require(
                    name is JsonValue value && value.TryGetValue(out string? text)
                        && (s_names.Contains(text) || s_others.Contains(text)),
                    $"{member}: '{name?.ToJsonString()}' is no capability of Linux.");
            }
        }

        return (JsonObject)JsonNode.Parse(capabilities.ToJsonString())!;
    }

    private static JsonArray Names() => new([.. s_names.Select(name => (JsonNode)name)]);

    private static JsonObject? Object(string member, JsonNode? node)
    {
        Require(node is JsonObject or null, $"{member}: it must be an object.");
        return node as JsonObject;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw Refusal.InvalidArgument(null, Function, message);
        }
    }
}
