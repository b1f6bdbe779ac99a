using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class StorageTests : OciTest
{
    private const long MiB = 1 << 20;

    private static bool IsVersion2 => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StorageSandboxSize_is_the_room_there_is_and_a_full_scratch_is_no_end(bool withLayers)
    {
        ContainerConfig config = new() { LayerFolderPath = Folder, StorageSandboxSize = 16 * (ulong)MiB };
        if (withLayers)
        {
            config.Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "dd", "rm", "stat") }];
        }

        IContainer container = await StartAsync(config);
        (_, uint code) = await ShellAsync(container, "dd if=/dev/zero of=/big bs=1M count=32 2>/dev/null");
        Assert.NotEqual(0u, code);
        long size = long.Parse(await OutputAsync(container, "stat -c %s /big"), null);
        Assert.InRange(size, 8 * MiB, 16 * MiB);
        Assert.Equal("room", await OutputAsync(container, "rm /big; echo x > /small && echo room"));
        await container.TerminateAsync(Patient);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "the kernel takes the loop device down");
    }

    [Fact]
    public async Task A_scratch_image_is_kept_and_grows()
    {
        ContainerConfig config = new() { LayerFolderPath = NewFolder("scratch"), StorageSandboxSize = 8 * (ulong)MiB };
        IContainer first = await StartAsync(config);
        await OutputAsync(first, "echo kept > /srv/file");
        await first.TerminateAsync(Patient);
        config.StorageSandboxSize = 24 * (ulong)MiB;
        IContainer second = await StartAsync(config);
        Assert.Equal("kept", await OutputAsync(second, "cat /srv/file"));
        Assert.Equal(0u, (await ShellAsync(second, "dd if=/dev/zero of=/big bs=1M count=16 2>/dev/null")).ExitCode);
        await second.TerminateAsync(Patient);

        // The scratch as the volume itself, with a requested size smaller than its own.
        IContainer third = await StartAsync(new ContainerConfig
        {
            VolumePath = Path.Combine(config.LayerFolderPath, "scratch.ext4"),
            StorageSandboxSize = (ulong)MiB,
        });
        Assert.Equal($"kept {16 * MiB}", await OutputAsync(third, "echo $(cat /srv/file) $(stat -c %s /big)"));
    }

    [Fact]
    public async Task A_volume_that_is_no_file_system_is_refused()
    {
        string file = Path.Combine(Folder, "nothing");
        await File.WriteAllBytesAsync(file, new byte[MiB], Token);
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig { VolumePath = file }), HResult.InvalidArgument);
        Assert.StartsWith("VolumePath:", message, StringComparison.Ordinal);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "the kernel lets go of the file");
    }

    [Fact]
    public async Task MappedDirectories_are_seen_and_read_only_ones_stay_as_they_are()
    {
        string open = NewFolder("open, folder");
        string closed = NewFolder("closed: folder");
        File.WriteAllText(Path.Combine(closed, "file"), "from outside");
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedDirectories =
            [
                new MappedDir { HostPath = open, ContainerPath = @"C:\in\open" },
                new MappedDir { HostPath = closed, ContainerPath = "/in/closed", ReadOnly = true },
            ],
        });
        Assert.Equal("from outside", await OutputAsync(container, "cat /in/closed/file"));
        Assert.Equal("no", await OutputAsync(container, "echo x 2>/dev/null > /in/closed/file || echo no"));
        await OutputAsync(container, "echo from inside > /in/open/file");
        Assert.Equal("from inside\n", File.ReadAllText(Path.Combine(open, "file")));
        Assert.Equal("from outside", File.ReadAllText(Path.Combine(closed, "file")));
    }

    [Fact]
    public async Task MappedPipes_are_sockets_or_FIFOs_of_the_host()
    {
        string fifo = Path.Combine(Folder, "fifo");
        Run("mkfifo", fifo);
        string name = "hcs-test-" + Guid.NewGuid().ToString("N");
        string socketPath = "/tmp/CoreFxPipe_" + name;
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(socketPath));
        try
        {
            IContainer container = await StartAsync(new ContainerConfig
            {
                MappedPipes =
                [
                    new MappedPipe { HostPath = fifo, ContainerPipeName = "/run/fifo" },
                    new MappedPipe { HostPath = @"\\.\pipe\" + name, ContainerPipeName = "inside" },
                ],
            });
            Assert.Equal("socket", await OutputAsync(container, "[ -S /tmp/CoreFxPipe_inside ] && echo socket"));
            IProcess writer = await BeginAsync(container, "sh", "-c", "echo through > /run/fifo");
            Assert.Equal("through\n", await File.ReadAllTextAsync(fifo, Token).Within());
            writer.Close();
        }
        finally
        {
            File.Delete(socketPath);
        }
    }

    [Fact]
    public async Task A_pipe_that_is_missing_is_named() => Assert.StartsWith(
        "MappedPipes[0].HostPath:",
        await RefusedAsync(
            () => CreateAsync(new ContainerConfig
            {
                MappedPipes = [new MappedPipe { HostPath = "/no/pipe", ContainerPipeName = "x" }],
            }),
            HResult.PathNotFound),
        StringComparison.Ordinal);

    [Fact]
    public async Task MappedVirtualDisks_are_mounted_and_a_read_only_one_cannot_be_written()
    {
        string content = NewFolder("content");
        await File.WriteAllTextAsync(Path.Combine(content, "file"), "on disk", Token);
        string ext4 = Path.Combine(Folder, "disk.ext4");
        string squashfs = Path.Combine(Folder, "disk.squashfs");
        await File.WriteAllBytesAsync(ext4, new byte[4 * MiB], Token);
        Run("mkfs.ext4", "-q", "-F", "-d", content, ext4);
        string closed = Path.Combine(Folder, "closed.ext4");
        File.Copy(ext4, closed);
        Run("mksquashfs", content, squashfs, "-quiet", "-no-progress");
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedVirtualDisks =
            [
                new MappedVirtualDisk { HostPath = ext4, ContainerPath = "/disk/a" },
                new MappedVirtualDisk { HostPath = squashfs, ContainerPath = @"C:\disk\b", ReadOnly = true },
                new MappedVirtualDisk { HostPath = closed, ContainerPath = "/disk/c", ReadOnly = true },
            ],
        });
        Assert.Equal("on disk on disk", await OutputAsync(container, "echo $(cat /disk/a/file) $(cat /disk/b/file)"));
        Assert.Equal("yes no no", await OutputAsync(
            container, "echo $(for d in a b c; do touch /disk/$d/x 2>/dev/null && echo yes || echo no; done)"));
        ContainerProperties properties = await container.GetPropertiesAsync(
            new PropertyQuery { PropertyTypes = ["MappedVirtualDisk"] }, Token);
        Assert.Equal(
            [ext4, squashfs, closed],
            properties.MappedVirtualDiskControllers!["0"].MappedVirtualDisks!.OrderBy(disk => disk.Key)
                .Select(disk => disk.Value.HostPath));
        Assert.Equal(3, Traces.LoopDevices(Folder).Count());
        await container.TerminateAsync(Patient);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "the kernel takes the loop devices down");
    }

    [Fact]
    public async Task A_disk_that_is_attached_only_is_a_device()
    {
        string image = Path.Combine(Folder, "raw");
        await File.WriteAllBytesAsync(image, [.. "raw bytes"u8, .. new byte[MiB - 9]], Token);
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/dev/disk", AttachOnly = true }],
        });
        Assert.Equal("raw bytes", await OutputAsync(container, "head -c 9 /dev/disk"));
        await OutputAsync(container, "printf RAW > /dev/disk; sync /dev/disk");
        Assert.Equal("RAW bytes", await OutputAsync(container, "head -c 9 /dev/disk"));
        await container.TerminateAsync(Patient);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "the kernel takes the loop device down");
        Assert.StartsWith("RAW bytes", await File.ReadAllTextAsync(image, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "0")]
    [InlineData("Enabled", "0")]
    [InlineData("disabled", "1")]
    public async Task Cache_of_a_disk_can_be_left_out(string? cache, string direct)
    {
        string image = Path.Combine(Folder, "disk.ext4");
        await File.WriteAllBytesAsync(image, new byte[4 * MiB], Token);
        Run("mkfs.ext4", "-q", "-F", image);
        IContainer container = await StartAsync(new ContainerConfig
        {
            MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/disk", Cache = cache }],
        });
        string device = (await OutputAsync(container, "grep ' /disk ' /proc/self/mounts")).Split(' ')[0];
        Assert.Equal(direct, (await File.ReadAllTextAsync($"/sys/block/{device[5..]}/loop/dio", Token)).Trim());
        Assert.Equal("written", await OutputAsync(container, "echo written > /disk/file; sync; cat /disk/file"));
    }

    [Theory]
    [InlineData("Cache", "Private")]
    [InlineData("Cache", "PrivateAllowSharing")]
    [InlineData("CreateInUtilityVM", null)]
    public async Task What_Linux_has_not_for_a_disk_is_refused_by_name(string member, string? cache)
    {
        MappedVirtualDisk disk = new()
        {
            HostPath = "/bin/sh",
            ContainerPath = "/disk",
            Cache = cache,
            CreateInUtilityVM = member == nameof(MappedVirtualDisk.CreateInUtilityVM),
        };
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig { MappedVirtualDisks = [disk] }), HResult.NotSupported);
        Assert.StartsWith($"MappedVirtualDisks[0].{member}:", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mapped_folder_is_seen_with_what_is_mounted_in_it_when_the_container_is_made(bool isReadOnly)
    {
        // Shared, as under systemd: mounts in such a folder propagate to copies of it.
        string folder = NewFolder("folder");
        Run("mount", "-t", "tmpfs", "none", folder);
        Run("mount", "--make-shared", folder);
        try
        {
            string before = NewFolder("folder/before");
            Run("mount", "-t", "tmpfs", "none", before);
            string later = NewFolder("folder/later");
            await File.WriteAllTextAsync(Path.Combine(before, "file"), "inner", Token);
            IContainer container = await StartAsync(new ContainerConfig
            {
                MappedDirectories = [new MappedDir { HostPath = folder, ContainerPath = "/in", ReadOnly = isReadOnly }],
            });
            Run("mount", "-t", "tmpfs", "none", later);
            await File.WriteAllTextAsync(Path.Combine(later, "file"), "late", Token);
            Assert.Equal("inner", await OutputAsync(container, "cat /in/before/file"));
            Assert.Equal("", await OutputAsync(container, "ls /in/later"));
            Assert.Equal(isReadOnly ? "no no" : "yes yes", await OutputAsync(
                container, "echo $(for d in . before; do touch /in/$d/x 2>/dev/null && echo yes || echo no; done)"));
        }
        finally
        {
            Run("umount", "-R", "-l", folder);
        }
    }

    [Fact]
    public async Task A_disk_of_another_format_is_refused_by_name()
    {
        string image = Path.Combine(Folder, "disk.vhdx");
        await File.WriteAllTextAsync(image, "vhdxfile", Token);
        string message = await RefusedAsync(
            () => CreateAsync(new ContainerConfig
            {
                MappedVirtualDisks = [new MappedVirtualDisk { HostPath = image, ContainerPath = "/disk" }],
            }),
            HResult.InvalidArgument);
        Assert.StartsWith("MappedVirtualDisks[0].HostPath:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StorageBandwidthMaximum_slows_what_is_written_past_the_cache()
    {
        // The container has its own disk, so that writes of other processes do not count.
        IContainer container = await StartAsync(new ContainerConfig
        {
            StorageSandboxSize = 32 * (ulong)MiB,
            StorageBandwidthMaximum = 4 * (ulong)MiB,
        });
        Stopwatch elapsed = Stopwatch.StartNew();
        Assert.Equal(0u, (await ShellAsync(
            container, "dd if=/dev/zero of=/file bs=1M count=8 oflag=direct 2>/dev/null")).ExitCode);

        // 8 MiB at 4 MiB a second take 2 s; the kernel does not limit the first time slice.
        Assert.True(elapsed.Elapsed > TimeSpan.FromSeconds(1.2), $"{elapsed.Elapsed}");
    }

    [Fact]
    public async Task StorageIOPSMaximum_slows_small_writes()
    {
        IContainer container = await StartAsync(new ContainerConfig
        {
            StorageSandboxSize = 32 * (ulong)MiB,
            StorageIOPSMaximum = 100,
        });
        Stopwatch elapsed = Stopwatch.StartNew();
        Assert.Equal(0u, (await ShellAsync(
            container, "dd if=/dev/zero of=/file bs=4k count=200 oflag=direct 2>/dev/null")).ExitCode);
        Assert.True(elapsed.Elapsed > TimeSpan.FromSeconds(1.2), $"{elapsed.Elapsed}");
    }

    [Fact]
    public async Task The_limits_of_a_mapped_folder_are_those_of_its_disk()
    {
        IContainer container = await StartAsync(new ContainerConfig
        {
            StorageBandwidthMaximum = 9_000_000,
            MappedDirectories =
            [
                new MappedDir { HostPath = Folder, ContainerPath = "/in", BandwidthMaximum = 5_000_000, IOPSMaximum = 70 },
            ],
        });
        string limits = IsVersion2
            ? await GroupFileAsync(container, "io", "io.max")
            : string.Join(' ', await GroupFileAsync(container, "blkio", "blkio.throttle.read_bps_device"),
                await GroupFileAsync(container, "blkio", "blkio.throttle.write_iops_device"));
        Assert.Contains("5000000", limits, StringComparison.Ordinal);
        Assert.Contains("70", limits, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_for_what_is_on_no_disk_is_refused_by_name() => Assert.StartsWith(
        "MappedDirectories[0].BandwidthMaximum",
        await RefusedAsync(
            () => CreateAsync(new ContainerConfig
            {
                MappedDirectories = [new MappedDir { HostPath = "/dev/shm", ContainerPath = "/in", BandwidthMaximum = 1 }],
            }),
            HResult.NotSupported),
        StringComparison.Ordinal);
}
