using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.Storage;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests virtual disks that are added to a running container and removed from it.</summary>
public sealed class LiveDiskTests : OciTest
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task A_disk_comes_is_written_goes_and_comes_again_elsewhere()
    {
        string image = Ext4("disk, one.ext4");
        IContainer container = await StartAsync();
        await AddAsync(container, image, @"C:\new\disk");
        Assert.Equal("on disk", await OutputAsync(container, "cat /new/disk/file"));
        Assert.Equal("inside", await OutputAsync(container, "echo inside > /new/disk/written; cat /new/disk/written"));
        Assert.Equal([(image, @"C:\new\disk")], await DisksAsync(container));
        Assert.Equal([image], LoopDevices());

        // The disk is mounted in the container only, not elsewhere on this machine.
        Assert.DoesNotContain(File.ReadLines("/proc/self/mountinfo"), line => line.Contains("/new/disk", StringComparison.Ordinal));
        await RemoveAsync(container, $$"""{"ContainerPath":"/new/disk"}""");
        Assert.Equal("", await OutputAsync(container, "ls /new/disk; grep /new/disk /proc/self/mountinfo"));
        Assert.Empty(await DisksAsync(container));
        await GoneAsync(image);

        // The disk keeps what was written for the next container, and is released with that container.
        IContainer other = await StartAsync();
        await AddAsync(other, image, "/d");
        Assert.Equal("inside", await OutputAsync(other, "cat /d/written"));
        await other.TerminateAsync(Patient);
        await GoneAsync(image);
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("squashfs")]
    public async Task A_read_only_disk_cannot_be_written_and_many_may_read_it(string type)
    {
        string image = type == "ext4" ? Ext4("disk.ext4") : Squashfs("disk.squashfs");
        byte[] before = await File.ReadAllBytesAsync(image, Token);
        IContainer container = await StartAsync();
        IContainer other = await StartAsync();
        await AddAsync(container, image, "/a", isReadOnly: true);
        await AddAsync(container, image, "/b", isReadOnly: true);
        await AddAsync(other, image, "/c", isReadOnly: true);
        Assert.Equal("on disk on disk no no", await OutputAsync(
            container, "echo $(cat /a/file /b/file; for d in a b; do touch /$d/x 2>/dev/null && echo yes || echo no; done)"));
        Assert.Equal("on disk", await OutputAsync(other, "cat /c/file"));
        string message = await RefusedAsync(() => AddAsync(other, image, "/d"), HResult.SharingViolation);
        Assert.StartsWith($"Settings.HostPath: '{image}'", message, StringComparison.Ordinal);

        // A removal by the image alone applies to all its mounts in the container.
        await RemoveAsync(container, $$"""{"HostPath":{{Json(image)}}}""");
        Assert.Equal("", await OutputAsync(container, "ls /a /b | grep file; grep ' /[ab] ' /proc/self/mountinfo"));
        await Eventually(() => LoopDevices().Length == 1, "only the other has it");
        Assert.Equal("on disk", await OutputAsync(other, "cat /c/file"));
        Assert.Equal(before, await File.ReadAllBytesAsync(image, Token));
    }

    [Fact]
    public async Task A_disk_in_use_is_refused_whoever_asks_and_however()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync();
        IContainer other = await StartAsync();
        await AddAsync(container, image, "/d");
        await RefusedAsync(() => AddAsync(container, image, "/d"), HResult.InvalidArgument);
        string message = await RefusedAsync(() => AddAsync(container, image, "/e"), HResult.SharingViolation);
        Assert.StartsWith($"Settings.HostPath: '{image}'", message, StringComparison.Ordinal);
        await RefusedAsync(() => AddAsync(other, image, "/d"), HResult.SharingViolation);
        await RefusedAsync(() => AddAsync(other, image, "/d", isReadOnly: true), HResult.SharingViolation);
        message = await RefusedAsync(() => CreateAsync(WithDisk(image)), HResult.SharingViolation);
        Assert.StartsWith($"MappedVirtualDisks[0].HostPath: '{image}'", message, StringComparison.Ordinal);
        Assert.Equal([(image, "/d")], await DisksAsync(container));
        Assert.Equal([image], LoopDevices());
        Assert.Equal("", await OutputAsync(other, "ls -d /d /e 2>/dev/null"));
    }

    [Fact]
    public async Task What_has_a_removed_disk_open_keeps_it_from_others()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync();
        await AddAsync(container, image, "/d");
        IProcess process = await BeginAsync(container, new ProcessConfig
        {
            CommandArgs = ["/bin/sh", "-c", "exec 3>/d/open; echo ready; read -r line; echo $line >&3"],
            CreateStdInPipe = true,
            CreateStdOutPipe = true,
        });
        var stdio = await process.GetStdioAsync(Patient);
        using StreamReader output = new(stdio.StandardOutput!);
        Assert.Equal("ready", await output.ReadLineAsync(Token).AsTask().Within());
        await RemoveAsync(container, """{"ContainerPath":"/d"}""");
        Assert.Equal("", await OutputAsync(container, "ls /d"));
        await RefusedAsync(() => AddAsync(container, image, "/d"), HResult.SharingViolation);
        Assert.Equal([image], LoopDevices());
        await stdio.StandardInput!.WriteAsync("late\n"u8.ToArray(), Token);
        await stdio.StandardInput.FlushAsync(Token);
        Assert.Equal(0u, (await process.Exited.Within()).ExitCode);
        process.Close();
        await GoneAsync(image);
        await AddAsync(container, image, "/d");
        Assert.Equal("late", await OutputAsync(container, "cat /d/open"));
    }

    [Fact]
    public async Task A_disk_of_the_start_goes_and_another_container_gets_it()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync(WithDisk(image));
        IContainer other = await StartAsync();
        await RefusedAsync(() => AddAsync(other, image, "/in"), HResult.SharingViolation);
        await OutputAsync(container, "echo first > /disk/written");
        await RemoveAsync(container, """{"ContainerPath":"/disk"}""");
        Assert.Equal("", await OutputAsync(container, "ls /disk"));
        await GoneAsync(image);
        await AddAsync(other, image, "/in");
        Assert.Equal("first", await OutputAsync(other, "cat /in/written"));
    }

    [Theory]
    [InlineData("HostPath", "missing", "{}", HResult.PathNotFound)]
    [InlineData("HostPath", "text", "{}", HResult.InvalidArgument)]
    [InlineData("HostPath", "marked", "{}", HResult.Unspecified)]
    [InlineData("Cache", "disk.ext4", """{"Cache":"Private"}""", HResult.NotSupported)]
    [InlineData("CreateInUtilityVM", "disk.ext4", """{"CreateInUtilityVM":true}""", HResult.NotSupported)]
    [InlineData("AttachOnly", "disk.ext4", """{"AttachOnly":true}""", HResult.NotSupported)]
    public async Task What_is_no_disk_is_refused_by_its_member_and_nothing_is_left(
        string member, string file, string settings, int hresult)
    {
        string image = Path.Combine(Folder, file);
        Ext4("disk.ext4");
        await File.WriteAllTextAsync(Path.Combine(Folder, "text"), "vhdxfile", Token);

        // The magic number of ext4 and nothing else of the file system.
        byte[] marked = new byte[MiB];
        marked[0x438] = 0x53;
        marked[0x439] = 0xEF;
        await File.WriteAllBytesAsync(Path.Combine(Folder, "marked"), marked, Token);
        MappedVirtualDisk disk = HcsJson.Read<MappedVirtualDisk>(settings);
        disk.HostPath = image;
        disk.ContainerPath = "/d";
        IContainer container = await StartAsync();
        string message = await RefusedAsync(() => ChangeAsync(container, "Add", HcsJson.Write(disk)), hresult);
        Assert.StartsWith($"Settings.{member}:", message, StringComparison.Ordinal);
        await NothingLeftAsync(container, image);
    }

    [Fact]
    public async Task What_cannot_be_mounted_on_leaves_no_loop_device()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync();
        string message = await RefusedAsync(() => AddAsync(container, image, "/etc/passwd/x"), HResult.InvalidArgument);
        Assert.StartsWith("MappedVirtualDisk:", message, StringComparison.Ordinal);
        await NothingLeftAsync(container, image);
        await AddAsync(container, image, "/d");
        Assert.Equal("on disk", await OutputAsync(container, "cat /d/file"));
    }

    [Fact]
    public async Task A_disk_that_is_attached_only_stays_with_its_container()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/dev/d", AttachOnly = true }],
        });
        string message = await RefusedAsync(
            () => RemoveAsync(container, """{"ContainerPath":"/dev/d"}"""), HResult.NotSupported);
        Assert.StartsWith("MappedVirtualDisk '/dev/d':", message, StringComparison.Ordinal);
        Assert.Single(await DisksAsync(container));
        await RefusedAsync(() => AddAsync(container, image, "/d"), HResult.SharingViolation);
        Assert.Equal("block", await OutputAsync(container, "[ -b /dev/d ] && echo block"));
    }

    [Fact]
    public async Task Cache_of_a_disk_can_be_left_out()
    {
        string image = Ext4("disk.ext4");
        IContainer container = await StartAsync();
        await ChangeAsync(container, "Add", $$"""{"HostPath":{{Json(image)}},"ContainerPath":"/d","Cache":"Disabled"}""");
        string device = (await OutputAsync(container, "grep ' /d ' /proc/self/mounts")).Split(' ')[0];
        Assert.Equal("1", (await File.ReadAllTextAsync($"/sys/block/{device[5..]}/loop/dio", Token)).Trim());
        Assert.Equal("written", await OutputAsync(container, "echo written > /d/new; sync; cat /d/new"));
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static ContainerConfig WithDisk(string image) => new()
    {
        MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/disk" }],
    };

    private static Task AddAsync(IContainer container, string image, string path, bool isReadOnly = false) => ChangeAsync(
        container,
        "Add",
        $$"""{"HostPath":{{Json(image)}},"ContainerPath":{{Json(path)}},"ReadOnly":{{(isReadOnly ? "true" : "false")}}}""");

    private static Task RemoveAsync(IContainer container, string settings) => ChangeAsync(container, "Remove", settings);

    private static Task ChangeAsync(IContainer container, string type, string settings) => container.ModifyAsync(
        $$"""{"ResourceType":"MappedVirtualDisk","Settings":{{settings}},"RequestType":"{{type}}"}""", Token);

    private static async Task<(string?, string?)[]> DisksAsync(IContainer container)
    {
        ContainerProperties properties = await container.GetPropertiesAsync(
            new PropertyQuery { PropertyTypes = ["MappedVirtualDisk"] }, Token);
        return [.. properties.MappedVirtualDiskControllers!.Values.SelectMany(
            controller => controller.MappedVirtualDisks!.Values.Select(disk => (disk.HostPath, disk.ContainerPath)))];
    }

    private string[] LoopDevices() => [.. Traces.LoopDevices(Folder).Select(file => file.TrimEnd())];

    // A process that another test starts has copies of closed descriptors until it runs its program.
    private Task GoneAsync(string image) => Eventually(
        () => LoopDevices().Length == 0 && Traces.IsFree(image), "the kernel takes the loop device down and the image is free");

    private async Task NothingLeftAsync(IContainer container, string image)
    {
        await Eventually(() => LoopDevices().Length == 0, "no loop device is left");
        if (File.Exists(image))
        {
            FileHold.Take("another", "HcsCreateComputeSystem", "HostPath", image, FileHold.Open(image)).Dispose();
        }

        Assert.Empty(await DisksAsync(container));
        Assert.Equal("", await OutputAsync(container, "grep ' /d ' /proc/self/mountinfo; ls -d /d 2>/dev/null"));
    }

    private string Ext4(string name)
    {
        string image = Path.Combine(Folder, name);
        File.WriteAllBytes(image, new byte[4 * MiB]);
        Run("mkfs.ext4", "-q", "-F", "-d", Content(), image);
        return image;
    }

    private string Squashfs(string name)
    {
        string image = Path.Combine(Folder, name);
        Run("mksquashfs", Content(), image, "-quiet", "-no-progress");
        return image;
    }

    private string Content()
    {
        string folder = NewFolder("content");
        File.WriteAllText(Path.Combine(folder, "file"), "on disk\n");
        return folder;
    }
}
