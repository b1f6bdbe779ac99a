using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests scratches that are mounted for the machine, alone and with containers.</summary>
[SupportedOSPlatform("linux")]
public sealed class MountedLayerTests : MountTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task What_is_written_in_a_mount_and_in_a_container_is_in_the_scratch(uint size)
    {
        string layer = Base();
        File.WriteAllText(Path.Combine(layer, "only"), "base");
        File.WriteAllText(Path.Combine(layer, "gone"), "soon");
        string scratch = await ScratchAsync("scratch", size * MiB, layer);
        string volume = await MountAsync(scratch);
        Assert.Equal("base", File.ReadAllText(Path.Combine(volume, "only")));
        File.WriteAllText(Path.Combine(volume, "new"), "host");
        File.Delete(Path.Combine(volume, "gone"));
        await Layers.DismountAsync(scratch, Patient);
        Assert.False(Directory.Exists(volume));
        Assert.Empty(Mounted());

        IContainer container = await StartAsync(Of(scratch, layer));
        Assert.Equal(
            "base host no",
            await OutputAsync(container, "echo $(cat /only) $(cat /new) $(cat /gone 2>/dev/null || echo no)"));
        await OutputAsync(container, "echo container > /file");
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        await Eventually(() => IsFree(scratch), "the container lets go");
        volume = await MountAsync(scratch);
        Assert.Equal("container\n", File.ReadAllText(Path.Combine(volume, "file")));
        Assert.Equal("base", File.ReadAllText(Path.Combine(layer, "only")));
        Assert.Equal(["bin", "gone", "only"], Names(layer));
        await Layers.DismountAsync(scratch, Patient);
        await Layers.RemoveAsync(scratch, Patient);
        Assert.False(Directory.Exists(scratch));
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_container_on_a_mount_has_the_very_overlay_of_the_mount(uint size)
    {
        string layer = Base();
        string scratch = await ScratchAsync("scratch", size * MiB, layer);
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        Assert.Equal((scratch, layer), (mounted.LayerFolderPath, Assert.Single(mounted.Layers).Path));
        File.WriteAllText(Path.Combine(mounted.VolumePath, "host"), "from the host");
        IContainer container = await StartAsync(Of(mounted));
        Assert.Equal("from the host", await OutputAsync(container, "cat /host"));
        await OutputAsync(container, "echo from the container > /container");
        Assert.Equal("from the container\n", File.ReadAllText(Path.Combine(mounted.VolumePath, "container")));

        Assert.Equal(Line(mounted.VolumePath).Split(' ')[2], RootLine(container).Split(' ')[2]);
        Assert.Equal(size == 0 ? 0 : 1, Traces.LoopDevices(Folder).Count());
        await container.TerminateAsync(Patient);
        await Eventually(() => IsFree(scratch), "the container lets go");
        await Layers.DismountAsync(scratch, Patient);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
    }

    [Fact]
    public async Task Another_host_uses_the_mount_and_dismounts_it()
    {
        string scratch = await ScratchAsync();
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        using (new AtEnd(other.Close))
        {
            IContainer container = await other.CreateContainerAsync(
                "other", HcsJson.Write(Of(mounted)), new SchemaVersion { Major = 1 }, Patient);
            await LayerRefusedAsync(LayerProblem.InUse, () => Layers.DismountAsync(scratch, Patient));
            await container.TerminateAsync(Patient);
            await Eventually(() => IsFree(scratch), "the container lets go");
            Assert.Equal([scratch], (await other.Layers.GetMountedAsync(Patient)).Intersect([scratch]));
            await other.Layers.DismountAsync(scratch, Patient);
        }

        Assert.Empty(Mounted());
        Assert.False(Directory.Exists(mounted.VolumePath));
    }

    [Fact]
    public async Task The_most_parents_are_stacked()
    {
        string last = Base();
        string[] parents =
        [
            .. Enumerable.Range(0, 126).Select(i =>
            {
                string layer = NewFolder($"layer {i}");
                File.WriteAllText(Path.Combine(layer, $"f{i}"), "x");
                File.WriteAllText(Path.Combine(layer, "top"), $"{i}");
                return layer;
            }),
            last,
        ];
        string scratch = await ScratchAsync("scratch", 0, parents);
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        Assert.Equal(parents, mounted.Layers.Select(layer => layer.Path));
        Assert.Equal(127, mounted.Layers.Select(layer => layer.ID).Distinct().Count());
        Assert.Equal(126, Directory.GetFiles(mounted.VolumePath, "f*").Length);
        Assert.Equal("0", File.ReadAllText(Path.Combine(mounted.VolumePath, "top")));
        Assert.Equal("0", await OutputAsync(await StartAsync(Of(mounted)), "cat /top"));
        string more = await ScratchAsync("more", 0, [NewLayer("above"), NewLayer("below"), .. parents]);
        Assert.Contains(
            "129 parents",
            await RefusedAsync(() => MountAsync(more), HResult.InvalidArgument),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_scratch_is_mounted_once_on_the_machine(uint size)
    {
        string scratch = await ScratchAsync(size * MiB);
        string volume = await MountAsync(scratch);
        LayerException e = await LayerRefusedAsync(LayerProblem.InUse, () => MountAsync(scratch));
        Assert.Contains(volume, e.Message, StringComparison.Ordinal);
        string link = Path.Combine(Folder, "link");
        File.CreateSymbolicLink(link, scratch);
        await LayerRefusedAsync(LayerProblem.InUse, () => MountAsync(link));
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        using (new AtEnd(other.Close))
        {
            await LayerRefusedAsync(LayerProblem.InUse, () => other.Layers.MountAsync(scratch, [], Patient));
        }

        LayerProperties properties = await Layers.GetPropertiesAsync(scratch, Patient);
        Assert.Equal((LayerKind.Scratch, volume), (properties.Kind, properties.VolumePath));
        Assert.Equal([scratch], Mounted());
        await Layers.DismountAsync(link, Patient);
        Assert.Empty(Mounted());
        Assert.Null((await Layers.GetPropertiesAsync(scratch, Patient)).VolumePath);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task Of_many_at_once_one_mounts_a_scratch(uint size)
    {
        string scratch = await ScratchAsync(size * MiB);
        Task<string>[] mounts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => MountAsync(scratch), Token))];
        await Eventually(() => mounts.All(mount => mount.IsCompleted), "all calls have ended");
        _ = Assert.Single(mounts, mount => mount.IsCompletedSuccessfully);
        foreach (Task<string> mount in mounts.Where(mount => mount.IsFaulted))
        {
            await LayerRefusedAsync(LayerProblem.InUse, () => mount);
        }

        Assert.Single(Mounted());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_container_without_the_mount_and_the_mount_exclude_each_other(uint size)
    {
        string layer = Base();
        string scratch = await ScratchAsync("scratch", size * MiB, layer);
        IContainer container = await StartAsync(Of(scratch, layer));
        LayerException e = await LayerRefusedAsync(LayerProblem.InUse, () => MountAsync(scratch));
        Assert.Contains("container", e.Message, StringComparison.Ordinal);
        await LayerRefusedAsync(LayerProblem.InUse, () => Layers.RemoveAsync(scratch, Patient));
        await container.TerminateAsync(Patient);
        await Eventually(() => IsFree(scratch), "the container lets go");

        string volume = await MountAsync(scratch);
        foreach (string member in new[] { nameof(ContainerConfig.LayerFolderPath), nameof(ContainerConfig.VolumePath) })
        {
            ContainerConfig config = Of(scratch, layer);
            config.VolumePath = member == nameof(config.VolumePath) ? scratch : null;
            string message = await RefusedAsync(() => CreateAsync(config), HResult.SharingViolation);
            Assert.Equal($"{member}: '{scratch}' is mounted at '{volume}'.", message);
        }

        if (size > 0)
        {
            ContainerConfig config = new() { VolumePath = Path.Combine(scratch, "scratch.ext4") };
            await RefusedAsync(() => CreateAsync(config), HResult.SharingViolation);
        }

        Assert.True(IsFree(scratch), "What was refused holds nothing.");
        await LayerRefusedAsync(LayerProblem.InUse, () => Layers.RemoveAsync(scratch, Patient));
        await Layers.DismountAsync(scratch, Patient);
        await StartAsync(Of(scratch, layer));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_mount_is_not_taken_from_its_container_and_goes_after_it(uint size)
    {
        string scratch = await ScratchAsync(size * MiB);
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        IContainer container = await StartAsync(Of(mounted));
        LayerException e = await LayerRefusedAsync(LayerProblem.InUse, () => Layers.DismountAsync(scratch, Patient));
        Assert.Contains("container", e.Message, StringComparison.Ordinal);
        await RefusedAsync(() => CreateAsync(Of(mounted)), HResult.SharingViolation);
        Assert.Equal("alive", await OutputAsync(container, "echo alive > /file; cat /file"));
        await container.TerminateAsync(Patient);
        await container.Exited.Within();
        await Eventually(() => IsFree(scratch), "the container lets go");
        await Layers.DismountAsync(scratch, Patient);
        await Layers.DismountAsync(scratch, Patient);
        Assert.Empty(Mounted());
        string message = await RefusedAsync(() => CreateAsync(Of(mounted)), HResult.PathNotFound);
        Assert.StartsWith("VolumePath:", message, StringComparison.Ordinal);
        await Layers.RemoveAsync(scratch, Patient);
    }

    [Fact]
    public async Task A_mount_is_not_taken_from_a_program()
    {
        string scratch = await ScratchAsync();
        string volume = await MountAsync(scratch);
        using (File.Create(Path.Combine(volume, "file")))
        {
            LayerException e = await LayerRefusedAsync(
                LayerProblem.InUse, () => Layers.DismountAsync(scratch, Patient));
            Assert.Contains("program", e.Message, StringComparison.Ordinal);
            Assert.Single(Mounted());
        }

        await Layers.DismountAsync(scratch, Patient);
        Assert.Empty(Mounted());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(16, false)]
    [InlineData(0, true)]
    public async Task The_end_of_the_host_unmounts_and_the_scratch_stays_whole(uint size, bool isBusy)
    {
        EmbeddedComputeService other = new(EmbeddedIsolation.Oci);
        string scratch = await ScratchAsync(size * MiB);
        string volume = (await other.Layers.MountAsync(scratch, [], Patient)).VolumePath;
        File.WriteAllText(Path.Combine(volume, "file"), "kept");
        using (FileStream? open = isBusy ? File.OpenRead(Path.Combine(volume, "file")) : null)
        {
            other.Close();
            Assert.Empty(Mounted());
            Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(volume))));
        }

        await HostHasEndedAsync(() => other.Layers.MountAsync(scratch, [], Patient));
        volume = await MountAsync(scratch);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(volume, "file")));
        Assert.True(File.Exists(Path.Combine(volume, "bin", "busybox")));
    }

    [Fact]
    public async Task Devices_and_setuid_programs_in_a_mount_are_not_for_this_machine()
    {
        string layer = Base();
        string scratch = await ScratchAsync("scratch", 0, layer);
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        string options = Line(mounted.VolumePath).Split(' ')[5];
        Assert.Contains("nosuid", options, StringComparison.Ordinal);
        Assert.Contains("nodev", options, StringComparison.Ordinal);
        Run("mknod", Path.Combine(mounted.VolumePath, "null"), "c", "1", "3");
        Assert.Throws<UnauthorizedAccessException>(() => File.OpenRead(Path.Combine(mounted.VolumePath, "null")));

        // No process of a container gains rights, so a setuid program would show nothing. The flags are as ever.
        IContainer container = await StartAsync(Of(mounted));
        IContainer other = await StartAsync(Of(await ScratchAsync("other", 0, layer), layer));
        Assert.Equal(0u, (await ShellAsync(container, "cat /null")).ExitCode);
        Assert.Equal(RootLine(other).Split(' ')[5], RootLine(container).Split(' ')[5]);
    }

    [Theory]
    [InlineData("a name, with: much \\ in it")]
    [InlineData("line\nend\ttab")]
    [InlineData("Ünïcödé 容器 🐳")]
    [InlineData("#\\040\\")]
    public async Task A_scratch_may_have_any_name(string name)
    {
        string scratch = await ScratchAsync(name, 0, Base("base of " + name));
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        Assert.Matches("^/var/lib/hcspowershell/[0-9a-f]+/mounts/[0-9]+-[A-Za-z0-9_]*$", mounted.VolumePath);
        Assert.Equal([scratch], Mounted());
        Assert.Equal([scratch], (await Layers.GetMountedAsync(Patient)).Intersect([scratch]));
        if (!name.Any(char.IsControl))
        {
            // A document has no such characters.
            Assert.Equal("inside", await OutputAsync(await StartAsync(Of(mounted)), "echo inside"));
            await LayerRefusedAsync(LayerProblem.InUse, () => Layers.DismountAsync(scratch, Patient));
        }

        await LayerRefusedAsync(LayerProblem.InUse, () => MountAsync(scratch));
    }

    [Fact]
    public async Task What_nobody_waits_for_is_undone()
    {
        string scratch = await ScratchAsync();
        for (int i = 0; i < 20; i++)
        {
            using CancellationTokenSource source = new();
            Task<MountedLayer> mounting = Layers.MountAsync(scratch, [], new CallOptions(source.Token, Waits.Limit));
            await Task.Delay(i, Token);
            await source.CancelAsync();
            if (await Task.WhenAny(mounting).Within() is { IsCompletedSuccessfully: true })
            {
                await Layers.DismountAsync(scratch, Patient);
            }

            await Eventually(() => Mounted().Length == 0 && IsFree(scratch), "the mount is undone");
        }

        await MountAsync(scratch);
    }

    [Fact]
    public async Task A_host_that_ends_waits_for_the_mounts_that_have_begun()
    {
        string scratch = await ScratchAsync();
        for (int i = 0; i < 10; i++)
        {
            OciIsolation isolation = new(RuncProgram.Find()!);
            await isolation.Layers.MountAsync(scratch, [], Patient);
            await isolation.Layers.DismountAsync(scratch, Patient);
            string host = isolation.HostName!;
            Task<MountedLayer> mounting = isolation.Layers.MountAsync(scratch, [], Patient);
            await Task.Delay(i, Token);
            isolation.Dispose();
            Assert.Empty(Mounted());
            Assert.Empty(Traces.Places(host));
            await Eventually(() => mounting.IsCompleted && IsFree(scratch), "the call has ended");
            if (mounting.IsFaulted)
            {
                await HostHasEndedAsync(() => mounting);
            }
        }
    }

    [Fact]
    public async Task Scratches_that_are_not_mounted_need_no_host()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        string scratch = Path.Combine(Folder, "scratch");
        await isolation.Layers.CreateScratchAsync(scratch, [Base()], 0, Patient);
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(scratch));
        Assert.Equal(["layerchain.json", "upper", "work"], Names(scratch));
        Assert.Equal(LayerKind.Scratch, (await isolation.Layers.GetPropertiesAsync(scratch, Patient)).Kind);
        await isolation.Layers.DismountAsync(scratch, Patient);
        Assert.Null(isolation.HostName);
        await isolation.Layers.MountAsync(scratch, [], Patient);
        Assert.NotNull(isolation.HostName);
        Assert.NotNull(isolation.GuardianProcessId);
        isolation.Dispose();
        await Layers.RemoveAsync(scratch, Patient);
    }

    [Fact]
    public async Task Any_names_are_removed_and_what_is_mounted_inside_stays()
    {
        string scratch = await ScratchAsync();
        string volume = await MountAsync(scratch);
        Run(
            "sh",
            "-c",
            "cd \"$1\"; for i in 1 2 3; do n=$(printf '\\377')$i; mkdir \"$n\"; cd \"$n\"; done; touch -- -rf",
            "sh",
            volume);
        await Layers.DismountAsync(scratch, Patient);
        string foreign = Directory.CreateDirectory(Path.Combine(scratch, "foreign")).FullName;
        using (OnTmpfs(foreign, "size=64k"))
        {
            File.WriteAllText(Path.Combine(foreign, "file"), "kept");
            LayerException e = await LayerRefusedAsync(LayerProblem.InUse, () => Layers.RemoveAsync(scratch, Patient));
            Assert.Contains(foreign, e.Message, StringComparison.Ordinal);
            Assert.Equal("kept", File.ReadAllText(Path.Combine(foreign, "file")));
        }

        await Layers.RemoveAsync(scratch, Patient);
        Assert.False(Directory.Exists(scratch));
    }

    [Fact]
    public async Task The_speed_of_a_mounted_image_is_limited_on_its_device()
    {
        string scratch = await ScratchAsync(16 * MiB);
        ContainerConfig config = Of(await Layers.MountAsync(scratch, [], Patient));
        config.StorageBandwidthMaximum = 1 << 20;
        IContainer container = await StartAsync(config);
        Assert.SkipUnless(
            Directory.Exists("/sys/fs/cgroup/blkio"), "Needs version 1 of control groups with the controller blkio.");
        string limits = await GroupFileAsync(container, "blkio", "blkio.throttle.write_bps_device");
        Assert.Matches("^7:[0-9]+ 1048576$", limits);
    }

    private static string Line(string volume) =>
        File.ReadLines("/proc/self/mountinfo").Single(line => line.Split(' ')[4] == volume);

    // The line of the one overlay that a container has.
    private static string RootLine(IContainer container)
    {
        string group = Traces.ControlGroups(container.Id)[0];
        int first = File.ReadLines(Path.Combine(group, "cgroup.procs")).Min(line => int.Parse(line, null));
        string root = Assert.Single(
            File.ReadLines($"/proc/{first}/mountinfo"), line => MountEntry.Parse(line)?.Type == "overlay");
        Assert.Equal("/", MountEntry.Parse(root)!.Path);
        return root;
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()];

    private static async Task HostHasEndedAsync(Func<Task> call) =>
        Assert.Equal(HResult.ServiceDisconnect, (await Assert.ThrowsAsync<HcsException>(call)).HResult);

    private string NewLayer(string name)
    {
        string layer = NewFolder(name);
        File.WriteAllText(Path.Combine(layer, name), "x");
        return layer;
    }
}
