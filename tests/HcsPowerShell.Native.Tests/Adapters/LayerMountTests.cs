using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of mounts that fail, that are late and that nobody waits for.</summary>
public sealed class LayerMountTests : LayerTests
{
    private const int NotReady = unchecked((int)0x80070015);
    private const int NotConnected = unchecked((int)0x8007048F);
    private const int NotPrepared = unchecked((int)0x80070001);
    private const int Tries = 5;

    public static TheoryData<string, int, int> Retries =>
    [
        .. from function in new[] { "ActivateLayer", "PrepareLayer" }
           from code in new[] { NotReady, NotConnected }
           from failures in Enumerable.Range(1, Tries - 1)
           where failures is 1 or Tries - 1 || (function == "PrepareLayer" && code == NotReady)
           select (function, code, failures),
    ];

    [Theory]
    [MemberData(nameof(Retries))]
    public async Task A_disk_that_is_not_there_yet_is_tried_again(string function, int code, int failures)
    {
        string scratch = await CreateScratchAsync();
        Refuse(function, code, failures);
        await MountAsync(scratch);
        Assert.Equal(failures + 1, Mock.Calls("ActivateLayer"));
        Assert.Equal(function == "PrepareLayer" ? failures + 1 : 1, Mock.Calls("PrepareLayer"));
        await Layers.DismountAsync(scratch, Limit);
    }

    [Theory]
    [InlineData("ActivateLayer", NotReady, 0)]
    [InlineData("PrepareLayer", NotReady, Tries)]
    [InlineData("PrepareLayer", NotConnected, Tries)]
    public async Task A_disk_that_stays_away_is_an_error_in_the_end(string function, int code, int undone)
    {
        string scratch = await CreateScratchAsync();
        Refuse(function, code, Tries);
        HcsException refusal = await RefusedAsync(code, MountAsync(scratch));
        Assert.Equal(function, refusal.Function);
        Assert.Equal(Tries, Mock.Calls(function));
        Assert.Equal(undone, Mock.Calls("DeactivateLayer"));
        Assert.Equal(0, Mock.Alive(MockKind.Mount));
    }

    [Fact]
    public async Task The_tries_are_spread_over_a_while()
    {
        string scratch = await CreateScratchAsync();
        Refuse("PrepareLayer", NotReady, Tries - 1);
        long start = Environment.TickCount64;
        await MountAsync(scratch);
        Assert.True(Environment.TickCount64 - start >= (Tries - 1) * 90, "the disk is given no time");
        await Layers.DismountAsync(scratch, Limit);
    }

    [Fact]
    public async Task What_is_mounted_already_is_refused_and_stays_mounted()
    {
        string scratch = await CreateScratchAsync();
        await MountAsync(scratch);
        string[] calls = await CallsOfAsync(() => RefusedAsync(HResult.SharingViolation, MountAsync(scratch)));
        Assert.Equal("ActivateLayer scratch", calls[^1]);
        Assert.Equal(1, Mock.Alive(MockKind.Mount));
        await Layers.DismountAsync(scratch, Limit);
    }

    [Fact]
    public async Task What_cannot_be_prepared_is_deactivated()
    {
        string scratch = await CreateScratchAsync();
        Refuse("PrepareLayer", HResult.AccessDenied);
        string[] calls = await CallsOfAsync(() => RefusedAsync(HResult.AccessDenied, MountAsync(scratch)));
        Assert.Equal(["ActivateLayer scratch", "PrepareLayer scratch", "DeactivateLayer scratch"], calls[^3..]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_has_no_volume_is_unprepared_and_deactivated(int call)
    {
        string scratch = await CreateScratchAsync();
        Mock.SetFault("GetLayerMountPath", MockFault.Call, HResult.AccessDenied, nth: call);
        string[] calls = await CallsOfAsync(() => RefusedAsync(HResult.AccessDenied, MountAsync(scratch)));
        Assert.Equal(["UnprepareLayer scratch", "DeactivateLayer scratch"], calls[^2..]);
        Assert.Equal(0, Mock.Alive(MockKind.Mount));
    }

    [Theory]
    [InlineData("", HResult.PathNotFound)]
    [InlineData(@"\", HResult.PathNotFound)]
    public async Task A_volume_without_a_path_is_no_mount(string volume, int hresult)
    {
        string scratch = await CreateScratchAsync();
        Mock.SetFault("GetLayerMountPath", MockFault.None, document: volume, nth: -1);
        await RefusedAsync(hresult, MountAsync(scratch));
        Assert.Equal(0, Mock.Alive(MockKind.Mount));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(32767, true)]
    [InlineData(32768, false)]
    public async Task The_path_of_a_volume_has_no_limit_but_that_of_Windows(int length, bool isTaken)
    {
        string scratch = await CreateScratchAsync();
        string volume = new('v', length);
        Mock.SetFault("GetLayerMountPath", MockFault.None, document: volume, nth: -1);
        if (isTaken)
        {
            Assert.Equal(volume, (await MountAsync(scratch)).VolumePath);
            await Layers.DismountAsync(scratch, Limit);
        }
        else
        {
            await RefusedAsync(HResult.InvalidData, MountAsync(scratch));
        }
    }

    [Fact]
    public async Task A_failure_to_undo_hides_no_failure()
    {
        string scratch = await CreateScratchAsync();
        Refuse("PrepareLayer", HResult.AccessDenied);
        Refuse("DeactivateLayer", HResult.SharingViolation);
        await RefusedAsync(HResult.AccessDenied, MountAsync(scratch));
        Assert.Equal(1, Mock.Alive(MockKind.Mount));
        await Layers.DismountAsync(scratch, Limit);
    }

    [Fact]
    public async Task A_mount_that_nobody_waits_for_ends_with_the_call_that_is_under_way()
    {
        string scratch = await CreateScratchAsync();
        int before = Mock.Record().Length;
        await StopInsideAsync("ActivateLayer", token => MountAsync(scratch, token));
        Mock.Hold("ActivateLayer", on: false);
        await UntilAsync(() => Mock.Calls("DeactivateLayer") == 1);
        Assert.Equal(
            ["GetLayerMountPath scratch", "ActivateLayer scratch", "DeactivateLayer scratch"], Since(before));
    }

    [Fact]
    public async Task A_mount_that_nobody_waits_for_is_undone_when_it_is_prepared()
    {
        string scratch = await CreateScratchAsync();
        int before = Mock.Record().Length;
        await StopInsideAsync("PrepareLayer", token => MountAsync(scratch, token));
        Mock.Hold("PrepareLayer", on: false);
        await UntilAsync(() => Mock.Calls("DeactivateLayer") == 1);
        Assert.Equal(
            ["PrepareLayer scratch", "UnprepareLayer scratch", "DeactivateLayer scratch"], Since(before)[^3..]);
    }

    [Fact]
    public async Task A_mount_whose_time_has_passed_is_undone_when_it_is_prepared()
    {
        string scratch = await CreateScratchAsync();
        Mock.Hold("PrepareLayer");
        Task mount = MountAsync(scratch, new CallOptions(Limit, TimeSpan.FromSeconds(3)));
        await UntilAsync(() => Mock.Waiting("PrepareLayer") == 1);
        await RefusedAsync(HResult.OperationTimeout, mount.Within());
        Mock.Hold("PrepareLayer", on: false);
        await UntilAsync(() => Mock.Calls("DeactivateLayer") == 1);
        Assert.Equal(1, Mock.Calls("UnprepareLayer"));
    }

    [Fact]
    public async Task A_mount_that_succeeds_when_nobody_waits_for_it_is_dismounted()
    {
        string scratch = await CreateScratchAsync();
        using var stop = new CancellationTokenSource();
        Mock.SetFault("GetLayerMountPath", MockFault.None, delay: Later, nth: 3);
        Task mount = MountAsync(scratch, stop.Token);
        await UntilAsync(() => Mock.Calls("GetLayerMountPath") == 3);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mount.Within());
        SkipLater();
        await UntilAsync(() => Mock.Calls("DeactivateLayer") == 1);
        Assert.Equal(1, Mock.Calls("UnprepareLayer"));
    }

    [Fact]
    public async Task A_scratch_that_nobody_waits_for_is_removed()
    {
        string path = MakeBase();
        await StopInsideAsync(
            "CreateSandboxLayer", token => Layers.CreateScratchAsync(PathOf("scratch"), [path], 0, token));
        Mock.Hold("CreateSandboxLayer", on: false);
        await UntilAsync(() => Mock.Calls("DestroyLayer") == 1);
        await UntilAsync(() => Directory.GetDirectories(PathOf(string.Empty)).Length == 1);
    }

    [Fact]
    public async Task A_second_layer_is_prepared_after_the_first()
    {
        string path = MakeBase();
        string first = await CreateScratchAsync("first", parents: path);
        string second = await CreateScratchAsync("second", parents: path);
        Mock.Hold("PrepareLayer");
        Task<MountedLayer> one = MountAsync(first);
        await UntilAsync(() => Mock.Waiting("PrepareLayer") == 1);
        Task<MountedLayer> two = MountAsync(second);
        await UntilAsync(() => Mock.Calls("ActivateLayer") == 2);
        await Task.Delay(50, Limit);
        Assert.Equal(1, Mock.Calls("PrepareLayer"));
        Mock.Hold("PrepareLayer", on: false);
        Assert.NotEqual((await one.Within()).VolumePath, (await two.Within()).VolumePath);
        await Layers.DismountAsync(first, Limit);
        await Layers.DismountAsync(second, Limit);
    }

    [Fact]
    public async Task A_layer_that_waits_to_be_prepared_can_be_given_up()
    {
        string path = MakeBase();
        string first = await CreateScratchAsync("first", parents: path);
        string second = await CreateScratchAsync("second", parents: path);
        Mock.Hold("PrepareLayer");
        Task<MountedLayer> one = MountAsync(first);
        await UntilAsync(() => Mock.Waiting("PrepareLayer") == 1);
        using var stop = new CancellationTokenSource();
        Task two = MountAsync(second, stop.Token);
        await UntilAsync(() => Mock.Calls("ActivateLayer") == 2);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two.Within());
        await UntilAsync(() => Mock.Alive(MockKind.Mount) == 1);
        Assert.Equal(1, Mock.Calls("DeactivateLayer"));
        Mock.Hold("PrepareLayer", on: false);
        await one.Within();
        Assert.Equal(1, Mock.Calls("PrepareLayer"));
        await Layers.DismountAsync(first, Limit);
    }

    [Fact]
    public async Task What_is_not_mounted_is_dismounted_without_an_error()
    {
        string scratch = await CreateScratchAsync();
        await Layers.DismountAsync(scratch, Limit);
        await MountAsync(scratch);
        await Layers.DismountAsync(scratch, Limit);
        await Layers.DismountAsync(scratch, Limit);
        Assert.Equal(3, Mock.Calls("DeactivateLayer"));
    }

    [Theory]
    [InlineData(NotPrepared)]
    [InlineData(NotReady)]
    [InlineData(HResult.PathNotFound)]
    public async Task A_refusal_that_means_not_mounted_is_no_error_of_a_dismount(int code)
    {
        string scratch = await CreateScratchAsync();
        Refuse("UnprepareLayer", code);
        Refuse("DeactivateLayer", code);
        await Layers.DismountAsync(scratch, Limit);
        Assert.Equal(1, Mock.Calls("DeactivateLayer"));
    }

    [Theory]
    [InlineData("UnprepareLayer")]
    [InlineData("DeactivateLayer")]
    public async Task Another_refusal_is_an_error_and_both_halves_are_tried(string function)
    {
        string scratch = await CreateScratchAsync();
        await MountAsync(scratch);
        Refuse(function, HResult.SharingViolation);
        HcsException refusal = await RefusedAsync(HResult.SharingViolation, Layers.DismountAsync(scratch, Limit));
        Assert.Equal(function, refusal.Function);
        Assert.Equal(1, Mock.Calls("DeactivateLayer"));
        await Layers.DismountAsync(scratch, Limit);
    }
}
