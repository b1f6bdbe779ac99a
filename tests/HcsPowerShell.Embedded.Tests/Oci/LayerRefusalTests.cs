using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests what layers refuse: each for a reason of its own, and with nothing half made.</summary>
[SupportedOSPlatform("linux")]
public sealed class LayerRefusalTests : MountTest
{
    [Theory]
    [InlineData("upper", 0)]
    [InlineData("work", 0)]
    [InlineData("scratch.ext4", 16)]
    public async Task A_link_in_a_scratch_is_refused(string name, uint size)
    {
        string scratch = await ScratchAsync(size * MiB);
        string victim = NewFolder("victim");
        string part = Path.Combine(scratch, name);
        Run("mv", part, Path.Combine(victim, "moved"));
        File.CreateSymbolicLink(part, Path.Combine(victim, "moved"));
        LayerException e = await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(scratch));
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
        await NothingIsMountedAsync(scratch);
        Assert.Equal(["moved"], Directory.EnumerateFileSystemEntries(victim).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("work")]
    [InlineData("scratch.ext4")]
    public async Task A_wrong_kind_of_file_in_a_scratch_is_refused(string name)
    {
        string scratch = await ScratchAsync(name == "scratch.ext4" ? 16 * MiB : 0);
        string part = Path.Combine(scratch, name);
        Run("rm", "-rf", part);
        Run("mkfifo", part);
        LayerException e = await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(scratch).Within());
        Assert.Equal(scratch, e.Path);
        await NothingIsMountedAsync(scratch);
        await Layers.RemoveAsync(scratch, Patient).Within();
    }

    [Fact]
    public async Task An_image_without_a_file_system_is_refused()
    {
        string scratch = await ScratchAsync(16 * MiB);
        await File.WriteAllBytesAsync(Path.Combine(scratch, "scratch.ext4"), new byte[MiB], Token);
        LayerException e = await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(scratch));
        Assert.Contains("no file system", e.Message, StringComparison.Ordinal);
        await NothingIsMountedAsync(scratch);
    }

    [Fact]
    public async Task A_scratch_of_another_user_is_refused_and_an_open_one_is_closed()
    {
        string scratch = await ScratchAsync();
        Run("chown", "65534", scratch);
        LayerException e = await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(scratch));
        Assert.Contains("65534", e.Message, StringComparison.Ordinal);
        await NothingIsMountedAsync(scratch);
        Run("chown", "0", scratch);
        File.SetUnixFileMode(scratch, (UnixFileMode)0x1ED);
        await MountAsync(scratch);
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(scratch));
    }

    [Fact]
    public async Task What_is_no_layer_is_refused()
    {
        string layer = Base();
        string file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "x", Token);
        string empty = NewFolder("empty");
        string missing = Path.Combine(Folder, "missing");
        string scratch = await ScratchAsync("scratch", 0, layer);
        await LayerRefusedAsync(LayerProblem.NotFound, () => MountAsync(file));
        await LayerRefusedAsync(LayerProblem.NotFound, () => MountAsync(missing));
        await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(empty));
        await LayerRefusedAsync(LayerProblem.NotALayer, () => MountAsync(layer));
        await LayerRefusedAsync(LayerProblem.AlreadyExists, () => ScratchAsync("file", 0, layer));
        await LayerRefusedAsync(LayerProblem.AlreadyExists, () => ScratchAsync("scratch", 0, layer));
        await LayerRefusedAsync(LayerProblem.NotALayer, () => ScratchAsync("new", 0, empty));
        await LayerRefusedAsync(LayerProblem.NotALayer, () => ScratchAsync("new", 0, scratch));
        await LayerRefusedAsync(LayerProblem.ParentMissing, () => ScratchAsync("new", 0, missing));
        await LayerRefusedAsync(LayerProblem.ParentMissing, () => ScratchAsync("new", 0));
        await LayerRefusedAsync(LayerProblem.NotFound, () => ScratchAsync("new", 0, "relative"));
        await LayerRefusedAsync(LayerProblem.AlreadyInitialized, () => Layers.InitializeAsync(layer, Patient));
        await RefusedAsync(
            () => Layers.CreateScratchAsync(Path.Combine(missing, "new"), [layer], 0, Patient), HResult.PathNotFound);
        string message = await RefusedAsync(() => ScratchAsync("new", 1, layer), HResult.InvalidArgument);
        Assert.StartsWith("Size:", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "new")));
        Assert.Equal(["file"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));

        // An empty folder is as good as none, for a scratch that is made there.
        await Layers.CreateScratchAsync(empty, [layer], 0, Patient);
        await MountAsync(empty);
    }

    [Theory]
    [InlineData("{}", LayerProblem.ChainUnreadable)]
    [InlineData("[", LayerProblem.ChainUnreadable)]
    [InlineData("[\"relative\"]", LayerProblem.ChainUnreadable)]
    [InlineData("[\"SELF\"]", LayerProblem.ChainLoop)]
    [InlineData("[\"/no/such/layer\"]", LayerProblem.ParentMissing)]
    [InlineData("[]", LayerProblem.ParentMissing)]
    public async Task A_chain_that_leads_nowhere_is_refused(string chain, LayerProblem problem)
    {
        string scratch = await ScratchAsync();
        await File.WriteAllTextAsync(
            Path.Combine(scratch, "layerchain.json"), chain.Replace("SELF", scratch, StringComparison.Ordinal), Token);
        await LayerRefusedAsync(problem, () => MountAsync(scratch));
        await NothingIsMountedAsync(scratch);
    }

    [Fact]
    public async Task A_parent_is_not_removed_and_is_known_by_any_path()
    {
        string layer = Base();
        string link = Path.Combine(Folder, "link");
        File.CreateSymbolicLink(link, layer);
        string scratch = await ScratchAsync("scratch", 0, link);
        foreach (string path in new[] { layer, link })
        {
            LayerException e = await LayerRefusedAsync(LayerProblem.InUse, () => Layers.RemoveAsync(path, Patient));
            Assert.Contains(scratch, e.Message, StringComparison.Ordinal);
        }

        // A mounted one need not be beside its parent.
        string elsewhere = Path.Combine(NewFolder("other"), "scratch");
        await Layers.CreateScratchAsync(elsewhere, [layer], 0, Patient);
        await Layers.RemoveAsync(scratch, Patient);
        await Layers.MountAsync(elsewhere, [], Patient);
        await LayerRefusedAsync(LayerProblem.InUse, () => Layers.RemoveAsync(layer, Patient));
        await Layers.DismountAsync(elsewhere, Patient);
        await Layers.RemoveAsync(layer, Patient);
        Assert.False(Directory.Exists(layer));
    }

    [Theory]
    [InlineData("/var/lib/docker")]
    [InlineData("/var/lib/containerd")]
    [InlineData("/var/lib/containers")]
    [InlineData("/var/lib/hcspowershell")]
    public async Task Nothing_is_made_in_the_folders_of_others(string store)
    {
        string layer = Base();
        string link = Path.Combine(Folder, "link");
        File.CreateSymbolicLink(link, store);
        foreach (string folder in new[] { store, link })
        {
            string scratch = Path.Combine(folder, "hcs test");
            await LayerRefusedAsync(
                LayerProblem.Foreign, () => Layers.CreateScratchAsync(scratch, [layer], 0, Patient));
            Assert.False(Directory.Exists(scratch));
        }
    }

    [Theory]
    [InlineData("size=64k", 0, HResult.DiskFull)]
    [InlineData("size=64k,nr_inodes=4", 0, HResult.DiskFull)]
    [InlineData("size=64k", 16, HResult.DiskFull)]
    [InlineData("size=64k,ro", 0, HResult.AccessDenied)]
    [InlineData("size=64k,ro", 16, HResult.AccessDenied)]
    public async Task A_disk_that_is_full_or_read_only_has_no_half_scratch(string options, uint size, int hresult)
    {
        string layer = Base();
        string disk = NewFolder("disk");
        using AtEnd unmount = OnTmpfs(disk, options);
        if (!options.EndsWith("ro", StringComparison.Ordinal))
        {
            Assert.Throws<IOException>(() => File.WriteAllBytes(Path.Combine(disk, "big"), new byte[MiB]));
        }

        string scratch = Path.Combine(disk, "scratch");
        await RefusedAsync(() => Layers.CreateScratchAsync(scratch, [layer], size * MiB, Patient), hresult);
        Assert.False(Directory.Exists(scratch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_scratch_on_a_disk_that_became_read_only_is_not_mounted(uint size)
    {
        string layer = Base();
        string disk = NewFolder("disk");
        using AtEnd unmount = OnTmpfs(disk, "size=4m");
        string scratch = Path.Combine(disk, "scratch");
        await Layers.CreateScratchAsync(scratch, [layer], size * MiB, Patient);
        Run("mount", "-o", "remount,ro", disk);
        await RefusedAsync(() => MountAsync(scratch), HResult.AccessDenied);
        await NothingIsMountedAsync(scratch);
        await RefusedAsync(() => Layers.RemoveAsync(scratch, Patient), HResult.AccessDenied);
        Run("mount", "-o", "remount,rw", disk);
        await MountAsync(scratch);
        await Layers.DismountAsync(scratch, Patient);
    }

    [Theory]
    [InlineData(nameof(ContainerConfig.LayerFolderPath))]
    [InlineData(nameof(ContainerConfig.VolumePath))]
    public async Task A_folder_of_a_host_is_no_scratch(string member)
    {
        string scratch = await ScratchAsync();
        MountedLayer mounted = await Layers.MountAsync(scratch, [], Patient);
        bool isVolume = member == nameof(ContainerConfig.VolumePath);
        string folder = isVolume ? Path.GetDirectoryName(mounted.VolumePath)! : mounted.VolumePath;
        string message = await RefusedAsync(
            () => CreateAsync(isVolume
                ? new ContainerConfig { VolumePath = folder }
                : new ContainerConfig { LayerFolderPath = folder }),
            HResult.InvalidArgument);
        Assert.StartsWith(member + ":", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_of_a_mount_stays_as_it_is()
    {
        ContainerConfig config = Of(await Layers.MountAsync(await ScratchAsync(16 * MiB), [], Patient));
        config.StorageSandboxSize = 32 * MiB;
        string message = await RefusedAsync(() => CreateAsync(config), HResult.InvalidArgument);
        Assert.StartsWith("StorageSandboxSize:", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("1 2 0:3 / /a rw - ext4", null)]
    [InlineData("1 2 0:3 / /a rw ext4 /dev/sda rw", null)]
    [InlineData("1 2 0:3 / /a rw - ext4 /dev/sda rw", "1 /a ext4 /dev/sda")]
    [InlineData(@"1 2 0:3 / /a\040b rw shared:1 master:2 - overlay c\134d\012\043\ rw", "1 /a b overlay c\\d\n#\\")]
    [InlineData(@"1 2 0:3 / /\08 rw - x \1 rw", @"1 /\08 x \1")]
    [InlineData("- - - - - - - - -", "- - - -")]
    public void A_line_of_mountinfo_is_read(string line, string? mount)
    {
        MountEntry? read = MountEntry.Parse(line);
        Assert.Equal(mount, read is null ? null : $"{read.Id} {read.Path} {read.Type} {read.Source}");
    }

    private async Task NothingIsMountedAsync(string scratch)
    {
        Assert.Empty(Mounted());
        Assert.True(IsFree(scratch));

        // A good mount tells where the mount points of the host are.
        string good = await ScratchAsync("good", 0, Base("good base"));
        string volume = await MountAsync(good);
        Assert.Equal([volume], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(volume)!));
        await Layers.DismountAsync(good, Patient);
        await Eventually(() => !Traces.LoopDevices(Folder).Any(), "no loop device is left");
    }
}
