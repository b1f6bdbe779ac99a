using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the order in which the functions are called on a layer.</summary>
public sealed class VmComputeLayerTests : LayerTests
{
    private const ulong Size = 40ul << 30;

    [Fact]
    public async Task A_scratch_is_created_and_then_expanded()
    {
        string[] parents = [MakeReadOnly("top", MakeBase()), PathOf("base")];
        string[] calls = await CallsOfAsync(() => CreateScratchAsync(size: Size, parents: parents[0]));
        Assert.Equal(["CreateSandboxLayer scratch", "ExpandSandboxSize scratch", $"{Size} bytes"], calls);
        Assert.Equal(string.Join('\n', parents), Mock.LastDocument("CreateSandboxLayer"));
        Assert.Equal(parents, (await Layers.GetPropertiesAsync(PathOf("scratch"), Limit)).Parents);
    }

    [Fact]
    public async Task A_scratch_of_the_usual_size_is_not_expanded() =>
        Assert.Equal(["CreateSandboxLayer scratch"], await CallsOfAsync(() => CreateScratchAsync()));

    [Fact]
    public async Task A_scratch_that_cannot_be_expanded_is_destroyed()
    {
        Refuse("ExpandSandboxSize", HResult.DiskFull);
        string[] calls = await CallsOfAsync(() => RefusedAsync(HResult.DiskFull, CreateScratchAsync(size: Size)));
        Assert.Equal("DestroyLayer scratch", calls[^1]);
        Assert.False(Directory.Exists(PathOf("scratch")));
    }

    [Fact]
    public async Task A_mount_activates_and_prepares_and_asks_for_the_volume()
    {
        string[] parents = [MakeReadOnly("top", MakeBase()), PathOf("base")];
        string scratch = await CreateScratchAsync(parents: parents[0]);
        MountedLayer? mounted = null;
        string[] calls = await CallsOfAsync(async () => mounted = await MountAsync(scratch));
        Assert.Equal(
            [
                "GetLayerMountPath scratch",
                "ActivateLayer scratch",
                "PrepareLayer scratch",
                "GetLayerMountPath scratch",
                "GetLayerMountPath scratch",
            ],
            calls);
        Assert.Equal(string.Join('\n', parents), Mock.LastDocument("PrepareLayer"));
        Assert.Equal(scratch, mounted!.LayerFolderPath);
        Assert.Matches(@"^\\\\\?\\Volume\{[0-9a-f-]{36}\}$", mounted.VolumePath);
        Assert.Equal(parents, mounted.Layers.Select(layer => layer.Path));
        foreach (Layer layer in mounted.Layers)
        {
            Assert.Equal((await Layers.GetPropertiesAsync(layer.Path!, Limit)).Id.ToString(), layer.ID);
        }

        Assert.Equal(mounted.VolumePath, (await Layers.GetPropertiesAsync(scratch, Limit)).VolumePath);
        await Layers.DismountAsync(scratch, Limit);
        Assert.Null((await Layers.GetPropertiesAsync(scratch, Limit)).VolumePath);
    }

    [Fact]
    public async Task A_dismount_unprepares_and_then_deactivates()
    {
        string scratch = await CreateScratchAsync();
        await MountAsync(scratch);
        string[] calls = await CallsOfAsync(() => Layers.DismountAsync(scratch, Limit));
        Assert.Equal(["UnprepareLayer scratch", "DeactivateLayer scratch"], calls[^2..]);
    }

    [Fact]
    public async Task A_scratch_is_renamed_before_it_is_destroyed()
    {
        string scratch = await CreateScratchAsync();
        string[] calls = await CallsOfAsync(() => Layers.RemoveAsync(scratch, Limit));
        Assert.Equal(["GetLayerMountPath scratch", "DestroyLayer scratch-removing"], calls);
        Assert.Equal([PathOf("base")], Directory.GetDirectories(PathOf(string.Empty)));
    }

    [Fact]
    public async Task A_read_only_layer_is_destroyed_where_it_is()
    {
        string path = MakeBase();
        Assert.Equal(["DestroyLayer base"], await CallsOfAsync(() => Layers.RemoveAsync(path, Limit)));
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task A_base_layer_is_completed_before_its_utility_virtual_machine()
    {
        string path = Unpack("base");
        Directory.CreateDirectory(Path.Combine(path, "UtilityVM", "Files"));
        Assert.Equal(
            ["ProcessBaseImage base", "ProcessUtilityImage " + Path.Combine("base", "UtilityVM")],
            await CallsOfAsync(() => Layers.InitializeAsync(path, Limit)));
    }

    [Fact]
    public async Task A_base_layer_without_a_utility_virtual_machine_is_completed_alone()
    {
        string path = Unpack("base");
        Directory.CreateDirectory(Path.Combine(path, "UtilityVM"));
        Assert.Equal(["ProcessBaseImage base"], await CallsOfAsync(() => Layers.InitializeAsync(path, Limit)));
    }

    [Fact(Skip = "Wine makes no links.", SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    public async Task A_utility_virtual_machine_that_is_a_link_belongs_to_another_layer()
    {
        string path = Unpack("base");
        string other = Directory.CreateDirectory(Path.Combine(Unpack("other"), "UtilityVM")).FullName;
        Directory.CreateDirectory(Path.Combine(other, "Files"));
        Directory.CreateSymbolicLink(Path.Combine(path, "UtilityVM"), other);
        Assert.Equal(["ProcessBaseImage base"], await CallsOfAsync(() => Layers.InitializeAsync(path, Limit)));
        Assert.False((await Layers.GetPropertiesAsync(path, Limit)).HasUtilityVM);
    }

    [Fact]
    public async Task A_path_of_any_length_is_taken()
    {
        string deep = string.Join(Path.DirectorySeparatorChar, Enumerable.Repeat(new string('d', 100), 4));
        string parent = MakeBase(Path.Combine(deep, "base"));
        string scratch = await CreateScratchAsync(Path.Combine(deep, "scratch"), Size, parent);
        Assert.True(scratch.Length > 400);
        await MountAsync(scratch);
        await Layers.DismountAsync(scratch, Limit);
        await Layers.RemoveAsync(scratch, Limit);
        Assert.False(Directory.Exists(scratch));
    }
}
