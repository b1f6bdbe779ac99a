using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that a scratch leads nowhere on the host, even if another program has written it.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScratchTrustTests : OciTest
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData("upper", false)]
    [InlineData("work", false)]
    [InlineData("upper", true)]
    [InlineData("work", true)]
    public async Task A_link_in_the_place_of_a_folder_of_a_scratch_is_refused(string name, bool isImage)
    {
        string victim = NewFolder("victim");
        string scratch = NewFolder("scratch");
        Directory.CreateDirectory(Path.Combine(scratch, name == "upper" ? "work" : "upper"));
        File.CreateSymbolicLink(Path.Combine(scratch, name), victim);
        string message = await RefusedAsync(
            () => CreateAsync(Of(isImage ? Image(scratch) : scratch)), HResult.InvalidArgument);
        Assert.StartsWith($"VolumePath: '{name}'", message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(victim));
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "the kernel lets go of the image");
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("work")]
    public async Task A_file_in_the_place_of_a_folder_of_a_scratch_is_refused(string name)
    {
        string scratch = NewFolder("scratch");
        File.WriteAllText(Path.Combine(scratch, name), "");
        string message = await RefusedAsync(() => CreateAsync(Of(scratch)), HResult.InvalidArgument);
        Assert.StartsWith($"VolumePath: '{name}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_image_of_a_scratch_is_refused()
    {
        string victim = Path.Combine(Folder, "victim");
        string scratch = NewFolder("scratch");
        File.WriteAllText(victim, "");
        File.CreateSymbolicLink(Path.Combine(scratch, "scratch.ext4"), victim);
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig { LayerFolderPath = scratch, StorageSandboxSize = 8 * (ulong)MiB }),
            HResult.InvalidArgument);
        Assert.StartsWith("LayerFolderPath: 'scratch.ext4'", message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(victim).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_a_container_left_leads_nowhere_when_its_scratch_is_used_again(bool leadsSomewhere)
    {
        string victim = Path.Combine(Folder, "victim");
        if (leadsSomewhere)
        {
            Directory.CreateDirectory(victim);
        }

        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch") };
        IContainer first = await StartAsync(config);
        await OutputAsync(
            first,
            $"rm -rf /var /tmp /srv /home; ln -s '{victim}' /var; ln -s '{victim}' /tmp; ln -s ../../../../../.. /srv");
        await first.TerminateAsync(Patient);
        IContainer second = await StartAsync(config);
        Assert.Equal("ok", await OutputAsync(second, "cd /home && echo ok"));
        Assert.Equal(victim, await OutputAsync(second, "readlink /var"));
        Assert.Equal(leadsSomewhere, Directory.Exists(victim));
        Assert.True(!leadsSomewhere || Directory.GetFileSystemEntries(victim).Length == 0);
    }

    [Fact]
    public async Task A_scratch_that_is_kept_is_closed_to_other_users()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch") };
        File.SetUnixFileMode(config.LayerFolderPath, (UnixFileMode)0x1ED);
        IContainer container = await StartAsync(config);
        await OutputAsync(container, "cp /usr/bin/id /id; chmod 4755 /id");
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(config.LayerFolderPath));
    }

    [Fact]
    public async Task A_folder_that_holds_other_things_is_not_closed_behind_the_callers_back()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("things") };
        Directory.CreateDirectory(Path.Combine(config.LayerFolderPath, "other"));
        File.SetUnixFileMode(config.LayerFolderPath, (UnixFileMode)0x1ED);
        string message = await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument);
        Assert.StartsWith("LayerFolderPath:", message, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(config.LayerFolderPath));
        Assert.Equal(["other"], Directory.EnumerateFileSystemEntries(config.LayerFolderPath).Select(Path.GetFileName));

        // A folder that is closed to other users may hold anything.
        File.SetUnixFileMode(config.LayerFolderPath, (UnixFileMode)0x1C0);
        Assert.Equal("ok", await OutputAsync(await StartAsync(config), "echo ok"));
    }

    [Fact]
    public async Task A_folder_of_another_user_keeps_no_scratch()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch") };
        Run("chown", "65534", config.LayerFolderPath);
        string message = await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument);
        Assert.StartsWith("LayerFolderPath:", message, StringComparison.Ordinal);
        Assert.Contains("65534", message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(config.LayerFolderPath));
    }

    [Fact]
    public async Task An_image_that_is_made_is_closed_to_other_users()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch"), StorageSandboxSize = 8 * (ulong)MiB };
        await CreateAsync(config);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(Path.Combine(config.LayerFolderPath, "scratch.ext4")));
    }

    [Theory]
    [InlineData(nameof(ContainerConfig.VolumePath))]
    [InlineData(nameof(ContainerConfig.MappedVirtualDisks))]
    public async Task A_FIFO_in_the_place_of_an_image_is_refused_and_holds_nobody_up(string member)
    {
        string fifo = Path.Combine(Folder, "fifo");
        Run("mkfifo", fifo);
        string message = await RefusedAsync(
            () => CreateAsync(member == nameof(ContainerConfig.VolumePath) ? Of(fifo) : new ContainerConfig
            {
                MappedVirtualDisks = [new MappedVirtualDisk { HostPath = fifo, ContainerPath = "/disk", ReadOnly = true }],
            }).Within(),
            HResult.InvalidArgument);
        Assert.StartsWith(member, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_an_image_is_not_the_end_of_the_machine()
    {
        string disk = Image(NewFolder("nothing"));
        Run("tune2fs", "-e", "panic", disk);
        string volume = Path.Combine(Folder, "volume");
        string later = Path.Combine(Folder, "later");
        File.Copy(disk, volume);
        File.Copy(disk, later);
        IContainer container = await Host.CreateContainerAsync(
            "oci-" + Guid.NewGuid().ToString("N"),
            HcsJson.Write(new ContainerConfig
            {
                VolumePath = volume,
                MappedVirtualDisks = [new MappedVirtualDisk { HostPath = disk, ContainerPath = "/disk" }],
            }),
            new SchemaVersion { Major = 1 },
            Token);
        await container.StartAsync(Patient);
        string settings = HcsJson.Write(new MappedVirtualDisk { HostPath = later, ContainerPath = "/later" });
        await container.ModifyAsync(
            $$"""{"ResourceType":"MappedVirtualDisk","RequestType":"Add","Settings":{{settings}}}""", Token);
        string[] mounts = (await OutputAsync(container, "grep ' ext4 ' /proc/self/mounts | grep /dev/loop")).Split('\n');
        Assert.Equal(["/", "/disk", "/later"], mounts.Select(line => line.Split(' ')[1]).Order());
        Assert.All(mounts, line => Assert.Contains("errors=remount-ro", line, StringComparison.Ordinal));
    }

    private static ContainerConfig Of(string volume) => new() { VolumePath = volume };

    private string Image(string content)
    {
        string image = Path.Combine(Folder, "image");
        File.WriteAllBytes(image, new byte[8 * MiB]);
        Run("mkfs.ext4", "-q", "-F", "-d", content, image);
        return image;
    }
}
