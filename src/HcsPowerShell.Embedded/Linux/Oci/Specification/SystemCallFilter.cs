using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The seccomp object of the OCI runtime specification: which system calls a container may make.</summary>
internal static class SystemCallFilter
{
    private const string Allow = "SCMP_ACT_ALLOW";
    private const string Refuse = "SCMP_ACT_ERRNO";
    private const int EPERM = 1;
    private const int ENOSYS = 38;

    // CLONE_NEW of cgroup, ipc, mount, net, pid, user and uts.
    private const uint Namespaces = 0x7E020000;

    private const uint AF_ALG = 38;
    private const uint AF_VSOCK = 40;

    // PER_LINUX and PER_LINUX32, both also with UNAME26 (old kernel version names); 0xFFFFFFFF queries the value.
    private static readonly uint[] s_personalities = [0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF];

    private static readonly string s_text = Build(RuntimeInformation.ProcessArchitecture).ToJsonString();

    public static JsonNode ToJson() => JsonNode.Parse(s_text)!;

    internal static JsonObject Build(Architecture architecture) => new()
    {
        ["defaultAction"] = Refuse,
        ["defaultErrnoRet"] = EPERM,
        ["architectures"] = Strings(architecture == Architecture.X64
            ? ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]
            : ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]),
        ["syscalls"] = new JsonArray(
        [
            Rule(Allow, SystemCalls.Allowed.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)),
            .. s_personalities.Select(value => Rule(Allow, ["personality"], "SCMP_CMP_EQ", value)),

            // clone may create a process only in the namespaces of its parent. A filter cannot see the flags of clone3;
            // when clone3 fails with ENOSYS, the C library uses clone.
            Rule(Allow, ["clone"], "SCMP_CMP_MASKED_EQ", Namespaces, 0),
            Rule(Refuse, ["clone3"], ENOSYS),

            // All socket families except the kernel's ciphers and the hypervisor. Each comparison is a rule of its own.
            Rule(Allow, ["socket"], "SCMP_CMP_LT", AF_ALG),
            Rule(Allow, ["socket"], "SCMP_CMP_EQ", AF_ALG + 1),
            Rule(Allow, ["socket"], "SCMP_CMP_GT", AF_VSOCK),
        ]),
    };

    private static JsonObject Rule(string action, IEnumerable<string> names, int? errno = null)
    {
        JsonObject rule = new() { ["names"] = Strings(names), ["action"] = action };
        if (errno is { } number)
        {
            rule["errnoRet"] = number;
        }

        return rule;
    }

    private static JsonObject Rule(
        string action, IEnumerable<string> names, string comparison, uint value, uint? second = null)
    {
        JsonObject argument = new() { ["index"] = 0, ["value"] = value, ["op"] = comparison };
        if (second is { } other)
        {
            argument["valueTwo"] = other;
        }

        JsonObject rule = Rule(action, names);
        rule["args"] = new JsonArray(argument);
        return rule;
    }

    private static JsonArray Strings(IEnumerable<string> strings) => new([.. strings.Select(text => (JsonNode)text)]);
}
