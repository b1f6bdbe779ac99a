using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

[SupportedOSPlatform("linux")]
public sealed class IdentityTests : OciTest
{
    public static TheoryData<string> Ids =>
    [
        "with spaces  in it", "{0A1B2C3D-0000-4000-8000-00000000ABCD}", "[web]*?", "größe/容器:\U0001F40B", "..",
        new string('x', 200), "-rm", "a,b=c",
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Any_text_is_an_id(string id)
    {
        IContainer container = await StartAsync(id: id);
        Assert.Equal(id, container.Id);
        Assert.Equal("ok", await OutputAsync(container, "echo ok"));
        Assert.NotEmpty(Traces.ControlGroups(id));
        await container.TerminateAsync(Patient);
        await Eventually(() => Traces.ControlGroups(id).Count == 0, "its control groups are gone");
    }

    [Theory]
    [InlineData("Linux")]
    [InlineData("linux")]
    public async Task ContainerType_can_be_Linux(string type) =>
        Assert.Equal("ok", await OutputAsync(await StartAsync(new ContainerConfig { ContainerType = type }), "echo ok"));

    [Fact]
    public async Task ContainerType_can_be_nothing_else() => Assert.StartsWith(
        "ContainerType:",
        await RefusedAsync(() => CreateAsync(new ContainerConfig { ContainerType = "Windows" }), HResult.NotSupported),
        StringComparison.Ordinal);

    [Fact]
    public async Task HostName_is_the_name_inside()
    {
        string outside = Environment.MachineName;
        IContainer container = await StartAsync(new ContainerConfig { HostName = "web-1.example" });
        Assert.Equal("web-1.example", await OutputAsync(container, "cat /proc/sys/kernel/hostname"));
        Assert.Equal(outside, (await File.ReadAllTextAsync("/proc/sys/kernel/hostname", Token)).Trim());
    }

    [Fact]
    public async Task Namespaces_are_the_containers_own()
    {
        IContainer one = await StartAsync();
        IContainer other = await StartAsync();
        foreach (string kind in new[] { "pid", "net", "ipc", "uts", "mnt" })
        {
            string[] names =
            [
                await OutputAsync(one, $"readlink /proc/self/ns/{kind}"),
                await OutputAsync(other, $"readlink /proc/self/ns/{kind}"),
                new FileInfo($"/proc/self/ns/{kind}").LinkTarget!,
            ];
            Assert.Equal(3, names.Distinct().Count());
        }
    }

    [Fact]
    public async Task The_first_process_is_nobodys_and_reaps_orphans()
    {
        IContainer container = await StartAsync(new ContainerConfig
        {
            Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "sleep", "ls") }],
        });
        Assert.Empty(await ProcessesAsync(container));
        IProcess process = await BeginAsync(container, "/bin/sh", "-c", "(sleep 0.01 &); (sleep 0.02 &); exec sleep 1000");
        await Eventually(async () => (await ProcessesAsync(container)).Length == 1, "the orphans end");
        await Eventually(
            async () => (await OutputAsync(container, "echo /proc/[0-9]*")).Split(' ').Length == 3, "they are reaped");
        Assert.Equal([process.ProcessId], (await ProcessesAsync(container)).Select(p => p.ProcessId));

        // The container's own processes cannot end its first process.
        await OutputAsync(container, "kill -TERM 1; kill -KILL 1; kill -INT 1");
        Assert.Equal("alive", await OutputAsync(container, "echo alive"));
        process.Close();
    }

    [Fact]
    public async Task A_container_outlives_its_last_process()
    {
        IContainer container = await StartAsync();
        await OutputAsync(container, "exit");
        Assert.Empty(await ProcessesAsync(container));
        Assert.False(container.Exited.IsCompleted);
        Assert.Equal("again", await OutputAsync(container, "echo again"));
    }

    [Fact]
    public async Task A_process_id_is_the_one_inside()
    {
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, "sh", "-c", "echo $$; exec sleep 1000");
        using StreamReader reader = new((await process.GetStdioAsync(Patient)).StandardOutput!);
        Assert.Equal(process.ProcessId.ToString(CultureInfo.InvariantCulture), await reader.ReadLineAsync(Token));
        ProcessListItem listed = Assert.Single(await ProcessesAsync(container));
        Assert.Equal(process.ProcessId, listed.ProcessId);
        process.Close();
    }

    [Fact]
    public async Task Folder_environment_and_arguments_are_as_given()
    {
        IContainer container = await StartAsync();
        (string output, _) = await RunAsync(container, new ProcessConfig
        {
            CommandArgs = ["/bin/sh", "-c", "pwd; echo \"$A|$B|$HCS_CONTAINER|$DOTNET_ROOT\"; printf '%s|' \"$@\"", "x", "a b", "", "\"q\"", "ä"],
            WorkingDirectory = @"C:\usr\bin",
            Environment = new Dictionary<string, string> { ["A"] = "1 2", ["B"] = "ü\n" },
        });
        Assert.Equal("/usr/bin\n1 2|ü\n||\na b||\"q\"|ä|", output);
    }

    [Fact]
    public async Task A_folder_that_is_only_on_the_host_is_missing() => await RefusedAsync(
        HResult.PathNotFound, await StartAsync(), new ProcessConfig { CommandLine = "pwd", WorkingDirectory = Folder });

    [Fact]
    public async Task User_is_looked_up_inside()
    {
        string layer = BusyboxLayer("layer", "sh", "id", "touch");
        Directory.CreateDirectory(Path.Combine(layer, "etc"));
        Directory.CreateDirectory(Path.Combine(layer, "free"));
        File.SetUnixFileMode(Path.Combine(layer, "free"), (UnixFileMode)0x3FF);
        await File.WriteAllTextAsync(Path.Combine(layer, "etc/passwd"), "root:x:0:0::/root:/bin/sh\nworker:x:1234:55::/home/w:/bin/sh\n", Token);
        await File.WriteAllTextAsync(Path.Combine(layer, "etc/group"), "staff:x:55:\nextra:x:66:worker,other\n", Token);
        IContainer container = await StartAsync(new ContainerConfig { Layers = [new Layer { Path = layer }] });
        Assert.Equal("0 0 /root", await AsAsync(container, null));
        Assert.Equal("1234 55 66 /home/w", await AsAsync(container, "worker"));
        Assert.Equal("1234 66 /home/w", await AsAsync(container, "worker:extra"));
        Assert.Equal("77 0 /", await AsAsync(container, "77"));
        Assert.Equal("77 88 /", await AsAsync(container, "77:88"));
        Assert.Equal("0000000000000000", (await RunAsync(container, new ProcessConfig
        {
            CommandArgs = ["sh", "-c", "while read -r k v; do [ $k = CapEff: ] && echo $v; done < /proc/self/status"],
            User = "worker",
        })).Output);
        await RefusedAsync(
            HResult.InvalidArgument, container, new ProcessConfig { CommandLine = "sh", User = "nobody-there" });
    }

    [Theory]
    [InlineData("/etc/passwd", HResult.AccessDenied)]
    [InlineData("/in/text", HResult.BadExeFormat)]
    [InlineData("/in/closed", HResult.AccessDenied)]
    [InlineData("/in", HResult.FileNotFound)]
    [InlineData("/in/outside", HResult.FileNotFound)]
    public async Task What_cannot_be_run_is_refused(string command, int expected)
    {
        string folder = NewFolder("programs");
        await File.WriteAllTextAsync(Path.Combine(folder, "text"), "no program", Token);
        File.SetUnixFileMode(Path.Combine(folder, "text"), (UnixFileMode)0x1ED);
        File.Copy("/bin/busybox", Path.Combine(folder, "closed"));
        File.SetUnixFileMode(Path.Combine(folder, "closed"), (UnixFileMode)0x1A4);

        // A link to the outside leads nowhere in the container, whatever its target on the host.
        File.WriteAllText(Path.Combine(Folder, "target"), "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(folder, "outside"), Path.Combine(Folder, "target"));
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedDirectories = [new MappedDir { HostPath = folder, ContainerPath = "/in" }],
        });
        await RefusedAsync(expected, container, new ProcessConfig { CommandArgs = [command] });
    }

    [Fact]
    public async Task A_secret_in_the_environment_reaches_no_disk_and_no_command_line()
    {
        string secret = Guid.NewGuid().ToString("N");
        IContainer container = await StartAsync();
        IProcess process = await BeginAsync(container, new ProcessConfig
        {
            CommandLine = "sleep 1000",
            Environment = new Dictionary<string, string> { ["SECRET"] = secret },
        });

        // By grep, which reads a file that another host has locked, and passes over one that is removed meanwhile.
        Assert.Equal(string.Empty, Run("sh", "-c", $"grep -rslF {secret} /var/lib/hcspowershell || true"));
        process.Close();
    }

    private static async Task<string> AsAsync(IContainer container, string? user) => (await RunAsync(
        container,
        new ProcessConfig
        {
            CommandArgs = ["sh", "-c", "echo $(id -u) $(id -G) $HOME"],
            User = user,
        })).Output;

    private static async Task RefusedAsync(int expected, IContainer container, ProcessConfig config)
    {
        HcsException e = await Assert.ThrowsAsync<HcsException>(() => BeginAsync(container, config));
        Assert.Equal($"0x{expected:X8}", $"0x{e.HResult:X8}");
    }
}
