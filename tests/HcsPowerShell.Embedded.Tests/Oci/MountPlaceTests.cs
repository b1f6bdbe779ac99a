using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests where mapped folders, pipes and disks can be seen in a container, and where not.</summary>
public sealed class MountPlaceTests : OciTest
{
    [Theory]
    [InlineData("/")]
    [InlineData("/proc")]
    [InlineData("/proc/x")]
    [InlineData("/m/../proc/")]
    [InlineData("/sys")]
    [InlineData("/dev")]
    [InlineData("C:\\proc")]
    public async Task What_a_container_is_made_of_is_taken(string path)
    {
        MappedDir[] folders = [new MappedDir { HostPath = Folder, ContainerPath = path }];
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig { MappedDirectories = folders }), HResult.InvalidArgument);
        Assert.StartsWith("MappedDirectories[0].ContainerPath: nothing can be mapped onto", message, StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("/etc/passwd/x", "'/etc/passwd' is a file, so there can be no '/etc/passwd/x'.")]
    [InlineData("/etc/passwd", "'/etc/passwd' is a file, and no folder can be mapped onto it.")]
    [InlineData("/usr/no-such", "'/usr/no-such' does not exist, and cannot be made in a folder that is read-only.")]
    [InlineData("/bin/no-such", "'/usr/bin/no-such' does not exist, and cannot be made in a folder that is read-only.")]
    [InlineData("/sys/no-such", "'/sys/no-such' does not exist, and cannot be made in a folder that is read-only.")]
    public async Task A_place_that_cannot_hold_a_folder_of_programs_of_the_host(string path, string problem)
    {
        MappedDir[] folders = [new MappedDir { HostPath = Folder, ContainerPath = path }];
        Assert.Equal(
            "MappedDirectories[0].ContainerPath: " + problem,
            await RefusedAsync(() => CreateAsync(new ContainerConfig { MappedDirectories = folders }), HResult.InvalidArgument));
    }

    [Fact]
    public async Task A_place_of_a_layer_that_cannot_hold_it()
    {
        string layer = BusyboxLayer("layer", "sh");
        string mapped = NewFolder("mapped");
        string file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "x", Token);
        await RefuseAsync(mapped, "/bin/sh/x", "'/bin/busybox' is a file, so there can be no '/bin/sh/x'.");
        await RefuseAsync(mapped, "/bin/busybox", "'/bin/busybox' is a file, and no folder can be mapped onto it.");
        await RefuseAsync(file, "/bin", "'/bin' is a folder, and what is mapped is none.");

        async Task RefuseAsync(string source, string path, string problem)
        {
            ContainerConfig config = new()
            {
                Layers = [new Layer { Path = layer }],
                MappedDirectories = [new MappedDir { HostPath = source, ContainerPath = path }],
            };
            Assert.Equal(
                "MappedDirectories[0].ContainerPath: " + problem,
                await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument));
        }
    }

    [Fact]
    public async Task Folders_in_folders_are_seen_in_any_order()
    {
        string outer = NewFolder("outer");
        string inner = NewFolder("inner");
        string innermost = NewFolder("innermost");
        foreach (string folder in new[] { outer, inner, innermost })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "name"), Path.GetFileName(folder), Token);
        }

        MappedDir[] folders =
        [
            new() { HostPath = innermost, ContainerPath = "/m/a/b" },
            new() { HostPath = inner, ContainerPath = "/m/./a/" },
            new() { HostPath = outer, ContainerPath = "/m" },
        ];
        IContainer container = await StartAsync(new ContainerConfig { MappedDirectories = folders });
        Assert.Equal("outer inner innermost", await OutputAsync(container, "echo $(cat /m/name; echo; cat /m/a/name; echo; cat /m/a/b/name)"));
    }

    [Fact]
    public async Task A_folder_below_one_that_is_read_only()
    {
        string outer = NewFolder("outer");
        Directory.CreateDirectory(Path.Combine(outer, "there"));
        MappedDir[] folders =
        [
            new() { HostPath = Folder, ContainerPath = "/m/there" },
            new() { HostPath = outer, ContainerPath = "/m", ReadOnly = true },
        ];
        await StartAsync(new ContainerConfig { MappedDirectories = folders });
        folders[0].ContainerPath = "/m/new";
        Assert.Equal(
            "MappedDirectories[0].ContainerPath: '/m/new' does not exist, and cannot be made in a folder that is read-only.",
            await RefusedAsync(() => CreateAsync(new ContainerConfig { MappedDirectories = folders }), HResult.InvalidArgument));
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "HostName has 65 bytes; Linux takes 64 at most.")]
    [InlineData(80, "HostName has 80 bytes; Linux takes 64 at most.")]
    public async Task A_host_name_has_64_bytes_at_most(int length, string? problem)
    {
        ContainerConfig config = new() { HostName = new string('h', length) };
        if (problem is null)
        {
            Assert.Equal(config.HostName, await OutputAsync(await StartAsync(config), "hostname"));
        }
        else
        {
            Assert.Equal(problem, await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument));
        }
    }

    [Theory]
    [InlineData("{\"MemoryMaximumInMB\":9223372036854775807}", "MemoryMaximumInMB")]
    [InlineData("{\"MemoryMaximumInMB\":8796093022208}", "MemoryMaximumInMB")]
    [InlineData("{\"StorageSandboxSize\":18446744073709551615}", "StorageSandboxSize")]
    [InlineData("{\"StorageSandboxSize\":1152921504606846976}", "StorageSandboxSize")]
    [InlineData("{\"StorageSandboxSize\":1}", "StorageSandboxSize")]
    [InlineData("{\"StorageSandboxSize\":1048575}", "StorageSandboxSize")]
    [InlineData("{\"MemoryMaximumInMB\":8796093022207}", null)]
    [InlineData("{\"StorageSandboxSize\":1048576}", null)]
    [InlineData("{\"ProcessorCount\":4294967295}", null)]
    [InlineData("{\"ProcessorWeight\":10000,\"ProcessorMaximum\":10000}", null)]
    [InlineData("{\"StorageIOPSMaximum\":18446744073709551615,\"StorageBandwidthMaximum\":18446744073709551615}", null)]
    public async Task The_ends_of_the_ranges_of_numbers(string document, string? member)
    {
        ContainerConfig config = HcsJson.Read<ContainerConfig>(document);
        if (member is null)
        {
            await StartAsync(config);
        }
        else
        {
            Assert.StartsWith(
                member, await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument), StringComparison.Ordinal);
        }
    }
}
