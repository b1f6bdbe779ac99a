using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests changes of a running container.</summary>
public sealed class ChangeTests : OciTest
{
    private static bool IsVersion2 => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    private static string MemoryFile => IsVersion2 ? "memory.max" : "memory.limit_in_bytes";

    [Fact]
    public async Task Memory_is_changed_both_ways()
    {
        IContainer container = await StartSchema2Async();
        string free = await GroupFileAsync(container, "memory", MemoryFile);
        foreach (int size in new[] { 64, 256, 32 })
        {
            await ChangeAsync(container, "Container/Memory/SizeInMB", $"{size}");
            Assert.Equal($"{size << 20}", await GroupFileAsync(container, "memory", MemoryFile));
        }

        (_, uint code) = await ShellAsync(container, "dd if=/dev/zero of=/dev/null bs=200M count=1 2>/dev/null");
        Assert.Equal(137u, code);
        Assert.NotEqual(free, await GroupFileAsync(container, "memory", MemoryFile));
    }

    [Fact]
    public async Task Processors_are_changed_and_set_free()
    {
        IContainer container = await StartSchema2Async();
        await ChangeAsync(container, "Container/Processor", """{"Count":1}""");
        Assert.Equal("1", await OutputAsync(container, "nproc"));
        await ChangeAsync(container, "Container/Processor", """{"Maximum":2500}""");
        Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), await OutputAsync(container, "nproc"));
        Assert.Contains(
            $"{25_000 * Environment.ProcessorCount}",
            await GroupFileAsync(container, "cpu", IsVersion2 ? "cpu.max" : "cpu.cfs_quota_us"),
            StringComparison.Ordinal);
        await ChangeAsync(container, "Container/Processor", """{"Weight":200}""");
        Assert.StartsWith(
            IsVersion2 ? "max" : "-1",
            await GroupFileAsync(container, "cpu", IsVersion2 ? "cpu.max" : "cpu.cfs_quota_us"),
            StringComparison.Ordinal);
        Assert.Equal(
            IsVersion2 ? "200" : "2048", await GroupFileAsync(container, "cpu", IsVersion2 ? "cpu.weight" : "cpu.shares"));
    }

    [Fact]
    public async Task An_endpoint_comes_and_goes()
    {
        string name = "h" + Guid.NewGuid().ToString("N")[..10];
        Run("ip", "link", "add", name, "type", "veth", "peer", "name", name + "o");
        try
        {
            IContainer container = await StartAsync();
            await container.ModifyAsync(
                $$"""{"ResourceType":"Network","Settings":"{{name}}","RequestType":"Add"}""", Token);
            Assert.Equal($"{name} lo", await OutputAsync(container, "echo $(ls /sys/class/net)"));
            Assert.False(Directory.Exists($"/sys/class/net/{name}"));
            await container.ModifyAsync(
                $$"""{"ResourceType":"Network","Settings":"{{name}}","RequestType":"Remove"}""", Token);
            Assert.Equal("lo", await OutputAsync(container, "ls /sys/class/net"));
            Assert.True(Directory.Exists($"/sys/class/net/{name}"));
        }
        finally
        {
            Run("ip", "link", "delete", name + "o");
        }
    }

    private static Task ChangeAsync(IContainer container, string path, string settings, string type = "Update") =>
        container.ModifyAsync(
            $$"""{"ResourcePath":"{{path}}","RequestType":"{{type}}","Settings":{{settings}}}""", Token);

    private async Task<IContainer> StartSchema2Async()
    {
        IContainer container = await Host.CreateContainerAsync(
            "oci-" + Guid.NewGuid().ToString("N"),
            """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{}}""",
            new SchemaVersion { Major = 2, Minor = 1 },
            Token);
        await container.StartAsync(Patient);
        return container;
    }
}
