using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of what the folders and the library tell, and of folders that are no such layers.</summary>
public sealed class LayerFolderTests : LayerTests
{
    private const string OfWindows = "Windows itself changes its tokens, and counts nothing.";
    private const int NotAllAssigned = unchecked((int)0x80070514);

    public static bool IsWindows => OperatingSystem.IsWindows();

    [Fact]
    public async Task A_base_layer_tells_its_system_and_its_utility_virtual_machine()
    {
        string path = MakeBase();
        string system = Path.Combine(path, "Files", "Windows", "System32");
        File.Copy(typeof(LayerFolderTests).Assembly.Location, Path.Combine(system, "ntdll.dll"));
        Directory.CreateDirectory(Path.Combine(path, "UtilityVM"));
        LayerProperties properties = await Layers.GetPropertiesAsync(path, Limit);
        Assert.Equal(LayerKind.Base, properties.Kind);
        Assert.True(properties.IsInitialized);
        Assert.True(properties.HasUtilityVM);
        Assert.NotNull(properties.OSVersion);
        Assert.Empty(properties.Parents);
    }

    [Fact]
    public async Task A_base_layer_that_is_not_completed_says_so()
    {
        LayerProperties properties = await Layers.GetPropertiesAsync(Unpack("base"), Limit);
        Assert.False(properties.IsInitialized);
        Assert.False(properties.HasUtilityVM);
        Assert.Null(properties.OSVersion);
    }

    [Fact]
    public async Task A_layer_above_another_needs_no_template()
    {
        LayerProperties properties = await Layers.GetPropertiesAsync(MakeReadOnly("top", MakeBase()), Limit);
        Assert.Equal(LayerKind.ReadOnly, properties.Kind);
        Assert.True(properties.IsInitialized);
    }

    [Fact]
    public async Task An_id_is_made_by_Windows_of_the_name_of_the_folder()
    {
        string path = MakeBase("fruits");
        Guid id = (await Layers.GetPropertiesAsync(path, Limit)).Id;
        Assert.Equal("fruits", Mock.LastDocument("NameToGuid"));
        Assert.NotEqual(id, (await Layers.GetPropertiesAsync(MakeBase("roots"), Limit)).Id);
        Assert.Equal(id, (await Layers.GetPropertiesAsync(MakeBase(Path.Combine("other", "fruits")), Limit)).Id);
    }

    [Fact]
    public async Task A_refusal_to_tell_the_volume_that_has_another_reason_is_an_error()
    {
        string scratch = await CreateScratchAsync();
        Refuse("GetLayerMountPath", HResult.RpcServerUnavailable);
        await RefusedAsync(HResult.RpcServerUnavailable, Layers.GetPropertiesAsync(scratch, Limit));
    }

    [Fact]
    public async Task Mounted_scratches_cannot_be_listed() => Assert.Empty(await Layers.GetMountedAsync(Limit));

    [Fact]
    public async Task A_base_layer_is_completed_once()
    {
        string path = Unpack("base");
        await Layers.InitializeAsync(path, Limit);
        Assert.True((await Layers.GetPropertiesAsync(path, Limit)).IsInitialized);
        await ProblemAsync(LayerProblem.AlreadyInitialized, () => Layers.InitializeAsync(path, Limit));
        Assert.Equal(1, Mock.Calls("ProcessBaseImage"));
        await CreateScratchAsync(parents: path);
    }

    [Fact]
    public async Task A_base_layer_that_cannot_be_completed_is_an_error()
    {
        string path = Unpack("base");
        Refuse("ProcessBaseImage", HResult.DiskFull);
        await RefusedAsync(HResult.DiskFull, Layers.InitializeAsync(path, Limit));
        await Layers.InitializeAsync(path, Limit);
    }

    [Fact(Skip = OfWindows, SkipWhen = nameof(IsWindows))]
    public async Task The_privileges_are_on_for_one_thread_and_off_again()
    {
        await Layers.InitializeAsync(Unpack("base"), Limit);
        Assert.Equal(1, Mock.Calls("ImpersonateSelf"));
        Assert.Equal(3, Mock.Calls("AdjustTokenPrivileges"));
        Assert.Equal(1, Mock.Calls("RevertToSelf"));
    }

    [Fact(Skip = OfWindows, SkipWhen = nameof(IsWindows))]
    public async Task A_privilege_that_the_caller_does_not_have_is_an_error_before_the_call()
    {
        Mock.SetFault("AdjustTokenPrivileges", MockFault.Ignored, nth: 2);
        HcsException refusal = await RefusedAsync(NotAllAssigned, Layers.InitializeAsync(Unpack("base"), Limit));
        Assert.Equal("AdjustTokenPrivileges", refusal.Function);
        Assert.Equal(0, Mock.Calls("ProcessBaseImage"));
        Assert.Equal(1, Mock.Calls("RevertToSelf"));
    }

    [Theory(Skip = OfWindows, SkipWhen = nameof(IsWindows))]
    [InlineData("ImpersonateSelf", 0)]
    [InlineData("OpenThreadToken", 1)]
    [InlineData("LookupPrivilegeValueW", 1)]
    [InlineData("AdjustTokenPrivileges", 1)]
    public async Task A_token_that_cannot_be_changed_is_an_error_before_the_call(string function, int reverted)
    {
        Refuse(function, HResult.AccessDenied);
        HcsException refusal = await RefusedAsync(HResult.AccessDenied, Layers.InitializeAsync(Unpack("base"), Limit));
        Assert.Equal(function, refusal.Function);
        Assert.Equal(0, Mock.Calls("ProcessBaseImage"));
        Assert.Equal(reverted, Mock.Calls("RevertToSelf"));
    }

    [Fact]
    public async Task A_folder_that_is_no_layer_is_refused()
    {
        string folder = Directory.CreateDirectory(PathOf("folder")).FullName;
        await ProblemAsync(LayerProblem.NotALayer, () => Layers.GetPropertiesAsync(folder, Limit));
        await ProblemAsync(LayerProblem.NotALayer, () => MountAsync(folder));
        await ProblemAsync(LayerProblem.NotALayer, () => Layers.DismountAsync(folder, Limit));
        await ProblemAsync(LayerProblem.NotALayer, () => Layers.RemoveAsync(folder, Limit));
        await ProblemAsync(LayerProblem.NotALayer, () => Layers.InitializeAsync(folder, Limit));
        await ProblemAsync(LayerProblem.NotALayer, () => CreateScratchAsync(parents: folder));
        Assert.Empty(Mock.Record());
    }

    [Fact]
    public async Task A_layer_of_another_kind_is_refused()
    {
        string scratch = await CreateScratchAsync();
        string[] calls = await CallsOfAsync(async () =>
        {
            await ProblemAsync(LayerProblem.NotALayer, () => MountAsync(PathOf("base")));
            await ProblemAsync(LayerProblem.NotALayer, () => Layers.DismountAsync(PathOf("base"), Limit));
            await ProblemAsync(
                LayerProblem.NotALayer, () => Layers.InitializeAsync(MakeReadOnly("top", PathOf("base")), Limit));
            await ProblemAsync(LayerProblem.NotALayer, () => CreateScratchAsync("second", parents: scratch));
        });
        Assert.Equal(["GetLayerMountPath scratch"], calls);
    }

    [Fact]
    public async Task A_base_layer_that_is_not_completed_is_no_parent()
    {
        string path = Unpack("base");
        await ProblemAsync(LayerProblem.NotInitialized, () => CreateScratchAsync(parents: path));
        Assert.Empty(Mock.Record());
    }

    [Fact]
    public async Task A_parent_that_does_not_exist_is_missed()
    {
        await ProblemAsync(LayerProblem.ParentMissing, () => CreateScratchAsync(parents: PathOf("gone")));
        await ProblemAsync(
            LayerProblem.ParentMissing, () => CreateScratchAsync(parents: MakeReadOnly("top", PathOf("gone"))));
        Assert.Empty(Mock.Record());
    }

    [Fact]
    public async Task A_scratch_that_does_not_tell_its_parents_is_not_mounted()
    {
        string scratch = await CreateScratchAsync();
        File.Delete(Path.Combine(scratch, "layerchain.json"));
        await ProblemAsync(LayerProblem.ParentMissing, () => MountAsync(scratch));
        Assert.Equal(0, Mock.Calls("ActivateLayer"));
        await Layers.MountAsync(scratch, [PathOf("base")], Limit);
        await Layers.DismountAsync(scratch, Limit);
    }

    [Fact]
    public async Task A_layer_that_is_its_own_parent_is_refused()
    {
        string one = MakeReadOnly("one", PathOf("two"));
        MakeReadOnly("two", one);
        await ProblemAsync(LayerProblem.ChainLoop, () => CreateScratchAsync(parents: [one, PathOf("two")]));
        Assert.Empty(Mock.Record());
    }

    [Theory]
    [InlineData("{ no")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""["base"]""")]
    public async Task A_chain_that_cannot_be_read_is_refused(string json)
    {
        string path = MakeBase();
        WriteChain(path, json);
        await ProblemAsync(LayerProblem.ChainUnreadable, () => CreateScratchAsync(parents: path));
        await ProblemAsync(LayerProblem.ChainUnreadable, () => Layers.GetPropertiesAsync(path, Limit));
        Assert.Empty(Mock.Record());
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_not_made_a_scratch()
    {
        string path = MakeBase();
        await ProblemAsync(
            LayerProblem.AlreadyExists, () => Layers.CreateScratchAsync(path, [MakeBase("other")], 0, Limit));
        Assert.Empty(Mock.Record());
    }
}
