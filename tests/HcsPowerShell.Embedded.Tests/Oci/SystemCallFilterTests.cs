using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Tests the list of system calls; <see cref="ConfinementTests"/> tests what the kernel refuses because of it.
/// </summary>
public sealed class SystemCallFilterTests
{
    private const string Peer = "/usr/share/containers/seccomp.json";

    // Added to Linux, or to filters, after the profile of Debian 12 was written.
    private static readonly string[] s_newer =
    [
        "cachestat", "fchmodat2", "futex_requeue", "futex_wait", "futex_waitv", "futex_wake", "getxattrat", "listxattrat",
        "map_shadow_stack", "mseal", "removexattrat", "setxattrat",
    ];

    [Theory]
    [InlineData("acct add_key bpf clock_settime create_module delete_module finit_module init_module ioperm iopl kcmp")]
    [InlineData("kexec_file_load kexec_load keyctl lookup_dcookie mbind mount move_pages nfsservctl open_by_handle_at")]
    [InlineData("perf_event_open pivot_root query_module quotactl reboot request_key set_mempolicy setns settimeofday")]
    [InlineData("stime swapoff swapon sysfs _sysctl umount umount2 unshare uselib userfaultfd ustat vm86 vm86old syslog")]
    [InlineData("fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr io_uring_setup io_uring_enter")]
    [InlineData("io_uring_register clone3 sethostname setdomainname get_mempolicy fanotify_init vhangup socketcall")]
    public void What_works_beyond_a_container_is_not_allowed(string names) =>
        Assert.Empty(names.Split(' ').Intersect(Allowed(Architecture.X64)));

    [Theory]
    [InlineData("read write openat mmap execve clone exit_group futex socket connect rt_sigreturn wait4 getrandom rseq")]
    [InlineData("ptrace mknod chroot setuid capset prctl seccomp memfd_create close_range openat2 statx epoll_pwait2")]
    public void What_programs_need_is_allowed(string names) =>
        Assert.Empty(names.Split(' ').Except(Allowed(Architecture.Arm64)));

    [Theory]
    [InlineData(Architecture.X64, "SCMP_ARCH_X86_64")]
    [InlineData(Architecture.Arm64, "SCMP_ARCH_AARCH64")]
    public void All_else_fails_on_every_architecture(Architecture architecture, string name)
    {
        JsonObject filter = SystemCallFilter.Build(architecture);
        Assert.Equal(name, (string?)filter["architectures"]![0]);
        Assert.Equal("SCMP_ACT_ERRNO", (string?)filter["defaultAction"]);
        Assert.Equal(
            ["clone", "personality", "socket"],
            Rules(filter).Where(rule => rule["args"] is not null).SelectMany(Names).Distinct().Order());
    }

    [Fact]
    public void A_name_is_there_once()
    {
        string[] names = [.. Names(Rules(SystemCallFilter.Build(Architecture.X64)).First())];
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Nothing_is_allowed_that_other_runtimes_refuse()
    {
        Assert.SkipUnless(File.Exists(Peer), "Needs the package golang-github-containers-common.");
        using JsonDocument profile = JsonDocument.Parse(File.ReadAllText(Peer));
        HashSet<string> theirs =
        [
            .. profile.RootElement.GetProperty("syscalls").EnumerateArray()
                .Where(rule => rule.GetProperty("action").GetString() == "SCMP_ACT_ALLOW" && IsForDefault(rule))
                .SelectMany(rule => rule.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)),
        ];
        Assert.Empty(Allowed(Architecture.X64).Except(theirs).Except(s_newer));
    }

    // The rule needs no capability, or a capability that our containers have.
    private static bool IsForDefault(JsonElement rule) =>
        !rule.TryGetProperty("includes", out JsonElement includes)
        || includes.ValueKind != JsonValueKind.Object
        || !includes.TryGetProperty("caps", out JsonElement capabilities)
        || capabilities.EnumerateArray().All(name => name.GetString() is "CAP_SYS_CHROOT" or "CAP_AUDIT_WRITE");

    private static IEnumerable<JsonNode> Rules(JsonObject filter) => filter["syscalls"]!.AsArray().Select(rule => rule!);

    private static IEnumerable<string> Names(JsonNode rule) => rule["names"]!.AsArray().Select(name => (string)name!);

    private static HashSet<string> Allowed(Architecture architecture) =>
    [
        .. Rules(SystemCallFilter.Build(architecture)).Where(rule => (string?)rule["action"] == "SCMP_ACT_ALLOW")
            .SelectMany(Names),
    ];
}
