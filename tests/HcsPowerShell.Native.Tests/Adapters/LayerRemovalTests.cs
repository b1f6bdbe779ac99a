using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.VmCompute;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of what is deleted, and of what is not.</summary>
public sealed class LayerRemovalTests : LayerTests
{
    [Fact]
    public async Task A_mounted_scratch_is_not_removed()
    {
        string scratch = await CreateScratchAsync();
        await MountAsync(scratch);
        await ProblemAsync(LayerProblem.InUse, () => Layers.RemoveAsync(scratch, Limit));
        Assert.Equal(0, Mock.Calls("DestroyLayer"));
        await Layers.DismountAsync(scratch, Limit);
    }

    [Fact]
    public async Task The_base_of_a_scratch_is_never_destroyed()
    {
        string scratch = await CreateScratchAsync();
        await ProblemAsync(LayerProblem.InUse, () => Layers.RemoveAsync(PathOf("base"), Limit));
        await MountAsync(scratch);
        await ProblemAsync(LayerProblem.InUse, () => Layers.RemoveAsync(PathOf("base"), Limit));
        Assert.Equal(0, Mock.Calls("DestroyLayer"));
        await Layers.DismountAsync(scratch, Limit);
        await Layers.RemoveAsync(scratch, Limit);
        await Layers.RemoveAsync(PathOf("base"), Limit);
        Assert.Empty(Directory.GetDirectories(PathOf(string.Empty)));
    }

    [Fact]
    public async Task A_disk_that_is_still_attached_is_detached_before_the_second_rename()
    {
        string scratch = await CreateScratchAsync();
        int denied = 1;
        ILayerService layers = new VmComputeLayers((from, to) =>
        {
            if (denied-- > 0)
            {
                throw new UnauthorizedAccessException();
            }

            Directory.Move(from, to);
        });
        Assert.Equal(
            ["DeactivateLayer scratch", "DestroyLayer scratch-removing"],
            (await CallsOfAsync(() => layers.RemoveAsync(scratch, Limit)))[^2..]);
    }

    [Fact]
    public async Task A_scratch_that_stays_open_is_in_use()
    {
        string scratch = await CreateScratchAsync();
        var cause = new IOException("open");
        ILayerService layers = new VmComputeLayers((_, _) => throw cause);
        LayerException refusal = await ProblemAsync(LayerProblem.InUse, () => layers.RemoveAsync(scratch, Limit));
        Assert.Same(cause, refusal.InnerException);
        Assert.Equal(0, Mock.Calls("DestroyLayer"));
        Assert.True(Directory.Exists(scratch));
    }

    [Fact]
    public async Task A_scratch_that_cannot_be_destroyed_gets_its_name_back()
    {
        string scratch = await CreateScratchAsync();
        Refuse("DestroyLayer", HResult.AccessDenied);
        await RefusedAsync(HResult.AccessDenied, Layers.RemoveAsync(scratch, Limit));
        Assert.Equal(LayerKind.Scratch, (await Layers.GetPropertiesAsync(scratch, Limit)).Kind);
        await Layers.RemoveAsync(scratch, Limit);
    }

    [Fact]
    public async Task A_folder_that_an_earlier_removal_has_left_is_in_nobodys_way()
    {
        string scratch = await CreateScratchAsync();
        Directory.CreateDirectory(scratch + "-removing");
        string[] calls = await CallsOfAsync(() => Layers.RemoveAsync(scratch, Limit));
        Assert.Equal("DestroyLayer scratch-removing-2", calls[^1]);
        Assert.True(Directory.Exists(scratch + "-removing"));
    }
}
