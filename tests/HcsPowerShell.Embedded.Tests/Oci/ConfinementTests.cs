using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that a process in a container is isolated from the rest of the machine.</summary>
[SupportedOSPlatform("linux")]
public sealed class ConfinementTests : OciTest
{
    // The capabilities of other OCI runtimes, without CAP_MKNOD.
    private const string Capabilities = "00000000a00425fb";

    [Fact]
    public async Task A_process_gains_no_privileges_and_has_a_filter_and_few_capabilities()
    {
        IContainer container = await StartAsync();
        IReadOnlyDictionary<string, string> status = await StatusAsync(container, new ProcessConfig());
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
        Assert.Equal(Capabilities, status["CapBnd"]);
        Assert.Equal(Capabilities, status["CapEff"]);
        Assert.Equal("0000000000000000", status["CapInh"]);
        Assert.Equal("0000000000000000", status["CapAmb"]);

        // The first process too, into which all other processes could look.
        Assert.Equal("1 2", await OutputAsync(
            container, "echo $(sed -n 's/^NoNewPrivs:.//p; s/^Seccomp:.//p' /proc/1/status)"));
    }

    [Fact]
    public async Task Another_user_gains_nothing_by_a_setuid_program()
    {
        IContainer container = await StartAsync();
        await OutputAsync(container, "cp /usr/bin/id /tmp/id; chmod 4755 /tmp/id");
        (string output, _) = await RunAsync(container, new ProcessConfig { CommandLine = "/tmp/id -u", User = "1234" });
        Assert.Equal("1234", output);
    }

    [Theory]
    [InlineData("unshare -Ur true")]
    [InlineData("unshare -m true")]
    [InlineData("unshare -p true")]
    [InlineData("mount -t tmpfs none /mnt")]
    [InlineData("umount /proc")]
    [InlineData("mknod /tmp/device c 1 3")]
    [InlineData("nsenter -t 1 -m true")]
    [InlineData("dmesg")]
    [InlineData("setarch i686 -R --uname-2.6 true")]
    [InlineData("echo 1 > /proc/sysrq-trigger")]
    [InlineData("echo x > /proc/sys/kernel/core_pattern")]
    [InlineData("ls /sys/firmware/*")]
    [InlineData("cat /proc/keys | grep .")]
    [InlineData("swapon /dev/null")]
    public async Task What_ends_outside_the_container_fails(string command)
    {
        (string output, uint code) = await ShellAsync(await StartAsync(), $"({command}) 2>&1");
        Assert.True(code != 0, output);
    }

    [Fact]
    public async Task A_control_group_is_the_root_of_its_own_world()
    {
        IContainer container = await StartAsync();
        string[] groups = (await OutputAsync(container, "cat /proc/self/cgroup")).Split('\n');
        Assert.All(groups, group => Assert.EndsWith(":/", group, StringComparison.Ordinal));
        Assert.NotEqual(
            new FileInfo("/proc/self/ns/cgroup").LinkTarget, await OutputAsync(container, "readlink /proc/self/ns/cgroup"));
    }

    [Fact]
    public async Task Limits_of_a_process_are_the_same_whoever_starts_it()
    {
        string[] limits = (await OutputAsync(await StartAsync(), "ulimit -Sn; ulimit -Hn; ulimit -Sc; ulimit -Hc")).Split('\n');
        string[] own = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string most = long.TryParse(own[4], out long hard) ? $"{Math.Min(524_288, hard)}" : "524288";
        Assert.Equal([most, most], limits[..2]);
        Assert.InRange(int.Parse(limits[1], null), 1024, 524_288);
        Assert.Equal(["0", "0"], limits[2..]);
    }

    [Fact]
    public async Task Capabilities_of_the_document_are_given_and_no_others()
    {
        IContainer container = await StartAsync();
        IReadOnlyDictionary<string, string> status = await StatusAsync(
            container,
            With("""
                {"process":{"capabilities":{
                    "bounding":["CAP_MKNOD","CAP_KILL"],
                    "effective":["CAP_MKNOD"],
                    "permitted":["CAP_MKNOD","CAP_KILL"]}}}
                """));
        Assert.Equal("0000000008000020", status["CapBnd"]);
        Assert.Equal("0000000008000020", status["CapPrm"]);

        // Root gets its permitted capabilities when it runs a program.
        Assert.Equal("0000000008000020", status["CapEff"]);
        (_, uint code) = await RunAsync(container, With(
            """{"process":{"capabilities":{"bounding":["CAP_MKNOD"],"effective":["CAP_MKNOD"],"permitted":["CAP_MKNOD"]}}}""",
            "mknod", "/tmp/null", "c", "1", "3"));
        Assert.Equal(0u, code);
    }

    [Fact]
    public async Task Nothing_else_of_the_document_widens_what_a_process_may_do()
    {
        IContainer container = await StartAsync();
        IReadOnlyDictionary<string, string> status = await StatusAsync(
            container, With("""{"process":{"noNewPrivileges":false,"user":{"uid":7}},"linux":{"seccomp":null}}"""));
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
        Assert.Equal(Capabilities, status["CapBnd"]);
        Assert.Equal("0\t0\t0\t0", status["Uid"]);
    }

    [Theory]
    [InlineData("""{"process":{"capabilities":{"bounding":["CAP_NONSENSE"]}}}""", "CAP_NONSENSE")]
    [InlineData("""{"process":{"capabilities":{"bounding":"CAP_KILL"}}}""", "bounding")]
    [InlineData("""{"process":{"capabilities":{"bounding":[7]}}}""", "bounding")]
    [InlineData("""{"process":{"capabilities":[]}}""", "capabilities")]
    [InlineData("""{"process":{"capabilities":{"everything":[]}}}""", "everything")]
    [InlineData("""{"process":7}""", "process")]
    [InlineData("7", "OCISpecification")]
    public async Task Capabilities_that_are_none_are_refused_by_name(string specification, string name)
    {
        IContainer container = await StartAsync();
        string message = await RefusedAsync(() => BeginAsync(container, With(specification)), HResult.InvalidArgument);
        Assert.StartsWith("OCISpecification", message, StringComparison.Ordinal);
        Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_holds_nothing_that_root_alone_may_read()
    {
        IContainer container = await StartAsync();
        string found = await OutputAsync(
            container,
            "find / -xdev -path /usr -prune -o -path /root -prune -o ! -perm -o=r ! -type l -print 2>/dev/null; "
            + "find /etc /opt /bin/ /sbin/ /lib/ /lib64/ ! -perm -o=r ! -type l -print 2>/dev/null | grep -v ^/usr; "
            + "ls -d /etc/shadow* /etc/gshadow* /etc/ssh /etc/ssl/private 2>/dev/null; ls -A /opt");
        Assert.Equal("", found);
    }

    [Fact]
    public async Task The_base_has_what_programs_look_up()
    {
        IContainer container = await StartAsync();
        Assert.Equal("root nobody", await OutputAsync(container, "echo $(id -un 0) $(id -un 65534)"));
        Assert.EndsWith("ip6-loopback", await OutputAsync(container, "getent hosts localhost"), StringComparison.Ordinal);
        Assert.Equal(
            "ok",
            await OutputAsync(container, "cd /etc && [ -f nsswitch.conf -a -f resolv.conf -a -f group ] && echo ok"));
        Assert.Equal(TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero, await OutputAsync(container, "date +%z") == "+0000");
        foreach (string folder in new[] { "/etc/ssl/certs", "/etc/alternatives" }.Where(Directory.Exists))
        {
            Assert.Equal(
                Directory.EnumerateFileSystemEntries(folder).Count().ToString(provider: null),
                await OutputAsync(container, $"ls -A {folder} | wc -l"));
        }
    }

    private static ProcessConfig With(string specification, params string[] arguments) => new()
    {
        CommandArgs = arguments.Length > 0 ? arguments : ["true"],
        OCISpecification = HcsJson.Read<ProcessConfig>($$"""{"OCISpecification":{{specification}}}""").OCISpecification,
    };

    private static async Task<IReadOnlyDictionary<string, string>> StatusAsync(IContainer container, ProcessConfig config)
    {
        config.CommandArgs = ["cat", "/proc/self/status"];
        return (await RunAsync(container, config)).Output.Split('\n').Select(line => line.Split(":\t", 2))
            .Where(fields => fields.Length == 2).ToDictionary(fields => fields[0], fields => fields[1]);
    }
}
