using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Ownership;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Ownership;

/// <summary>Tests that what a container owns ends with the container, whatever becomes of the session that made it.</summary>
public sealed class ContainerOwnershipTests : IDisposable
{
    private const string Base = "/layers/base";

    private readonly string _folder = Directory.CreateTempSubdirectory("hcs-own-").FullName;
    private readonly OwningHost _host;
    private readonly ContainerOwnership _ownership;
    private readonly List<string> _told = [];

    public ContainerOwnershipTests()
    {
        _host = new OwningHost(Path.Combine(_folder, "own"));
        _ownership = new ContainerOwnership(_host);
    }

    /// <summary>A session that is killed before or after each call on layers.</summary>
    public static TheoryData<string, bool> Kills => new()
    {
        { "create", true }, { "create", false }, { "mount", true }, { "mount", false },
        { "dismount", true }, { "dismount", false }, { "remove", true }, { "remove", false },
    };

    private string[] Scratches => FoldersOf("scratches");

    private string[] Records => FoldersOf("containers");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task A_session_that_is_killed_in_the_middle_leaves_nothing_after_the_next_one(string call, bool before)
    {
        void Kill(string now)
        {
            if (now == call)
            {
                throw new KilledException();
            }
        }

        if (before)
        {
            _host.Before = Kill;
        }
        else
        {
            _host.After = Kill;
        }

        await Assert.ThrowsAsync<KilledException>(LiveAsync);
        Assert.Single(Records);
        (_host.Before, _host.After) = (_ => { }, _ => { });
        await SweepAsync();
        AssertNothingLeft();
        Assert.Contains("'web'", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_after_the_record_or_while_it_is_written_nothing_was_made()
    {
        (await MakeAsync()).Dispose();
        string record = Assert.Single(Records);
        File.WriteAllText(record, File.ReadAllText(record)[..20]);
        await SweepAsync();
        AssertNothingLeft();
        Assert.Empty(_host.Calls);
        Assert.Single(_told);
    }

    [Fact]
    public async Task A_whole_life_is_in_order_and_leaves_nothing()
    {
        await LiveAsync();
        Assert.Equal(["create", "mount", "dismount", "remove"], _host.Calls);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData(HResult.AccessDenied)]
    [InlineData(HResult.HcsAccessDenied)]
    [InlineData(HResult.ServiceDisconnect)]
    [InlineData(HResult.OperationTimeout)]
    [InlineData(HResult.RpcServerUnavailable)]
    [InlineData(HResult.ModuleNotFound)]
    [InlineData(HResult.SystemAlreadyStopped)]
    [InlineData(HResult.ElementNotFound)]
    [InlineData(HResult.FileNotFound)]
    public async Task No_other_answer_of_the_service_means_that_the_container_has_gone(int answer)
    {
        await CreateAsync();
        _host.Containers.Clear();
        _host.Answer = answer;
        await SweepAsync();
        Assert.False(Assert.Single(await FindAsync()).IsOrphaned);
        Assert.Single(Scratches);
        Assert.Single(_host.Mounted);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_a_container_uses_that_runs_stays()
    {
        await CreateAsync();
        await SweepAsync();
        Assert.Single(Scratches);
        Assert.False(Assert.Single(await FindAsync()).IsOrphaned);
    }

    [Fact]
    public async Task What_is_being_made_is_no_orphan_although_its_container_does_not_exist_yet()
    {
        using OwnedContainer owned = await MakeAsync();
        await owned.PrepareAsync(Plan(), Now);
        await SweepAsync();
        Assert.Single(Scratches);
        Assert.DoesNotContain(await FindAsync(), scratch => scratch.IsOrphaned);
    }

    [Fact]
    public async Task A_get_lists_an_orphan_and_removes_nothing()
    {
        await CreateAsync();
        _host.Containers.Clear();
        Assert.True(Assert.Single(await FindAsync()).IsOrphaned);
        Assert.Equal(["create", "mount"], _host.Calls);
    }

    [Fact]
    public async Task A_reboot_has_dismounted_it_and_the_rest_is_removed()
    {
        await CreateAsync();
        _host.Containers.Clear();
        _host.Mounted.Clear();
        await SweepAsync();
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_removal_that_was_cut_short_is_finished()
    {
        await CreateAsync();
        _host.Containers.Clear();
        _host.Mounted.Clear();
        Directory.Move(Scratches[0], Scratches[0] + "-removing");
        await SweepAsync();
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_creation_that_was_cut_short_has_left_a_folder_that_is_no_layer()
    {
        using (OwnedContainer owned = await MakeAsync())
        {
            Directory.CreateDirectory(Path.Combine(_folder, "own", "scratches", owned.Record.Key));
        }

        await SweepAsync();
        AssertNothingLeft();
    }

    [Fact]
    public async Task What_cannot_be_removed_stays_with_its_record_and_is_tried_again()
    {
        await CreateAsync();
        _host.Containers.Clear();
        _host.Before = call => throw new HcsException(call, HResult.AccessDenied);
        await SweepAsync();
        Assert.Contains("stays", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Single(Records);
        Assert.Single(Scratches);
        _host.Before = _ => { };
        await SweepAsync();
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_scratch_that_is_in_use_a_moment_longer_is_waited_for()
    {
        await CreateAsync();
        int refusals = 0;
        _host.Before = call =>
        {
            if (refusals++ < 2)
            {
                throw new HcsException(call, HResult.SharingViolation);
            }
        };
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_scratch_that_is_kept_is_dismounted_only()
    {
        await CreateAsync(Plan(scratch => scratch with { IsKept = true }));
        _host.Containers.Clear();
        await SweepAsync();
        Assert.Empty(_host.Mounted);
        Assert.Empty(Records);
        OwnedScratch kept = Assert.Single(await FindAsync());
        Assert.Null(kept.Record);
        Assert.False(kept.IsOrphaned);
    }

    [Fact]
    public async Task A_folder_of_the_user_is_never_removed()
    {
        string path = Path.Combine(_folder, "mine");
        await CreateAsync(Plan(scratch => scratch with { Path = path, IsKept = true }));
        Assert.Equal([path], _host.Mounted);
        _host.Containers.Clear();
        await SweepAsync();
        Assert.Empty(_host.Mounted);
        Assert.True(Directory.Exists(path));
        Assert.Empty(Records);
    }

    [Fact]
    public async Task A_folder_that_was_made_for_a_container_that_was_not_created_is_removed_again()
    {
        string made = Path.Combine(_folder, "made"), there = Path.Combine(_folder, "there");
        await _host.CreateScratchAsync(there, [Base], 0, default);
        foreach (string path in new[] { made, there })
        {
            using OwnedContainer owned = await _ownership.MakeAsync("web", Plan(scratch => scratch with { Path = path, IsKept = true }), Now);
            await owned.PrepareAsync(Plan(), Now);
            await owned.UndoAsync(Now);
        }

        Assert.False(Directory.Exists(made));
        Assert.True(Directory.Exists(there));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("/layers/other", false, LayerProblem.OtherParents)]
    [InlineData(Base, true, LayerProblem.InUse)]
    public async Task A_scratch_of_the_user_that_does_not_fit_is_refused_and_left_as_it_is(
        string parent, bool isMounted, LayerProblem problem)
    {
        string path = Path.Combine(_folder, "mine");
        await _host.CreateScratchAsync(path, [parent], 0, default);
        if (isMounted)
        {
            await _host.MountAsync(path, [parent], default);
        }

        LayerException e = await Assert.ThrowsAsync<LayerException>(
            () => _ownership.MakeAsync("web", Plan(scratch => scratch with { Path = path, IsKept = true }), Now));
        Assert.Equal((problem, path), (e.Problem, e.Path));
        Assert.Equal(isMounted ? [path] : [], _host.Mounted);
        Assert.Empty(Records);
        await SweepAsync();
        Assert.Equal(isMounted ? [path] : [], _host.Mounted);
    }

    [Fact]
    public async Task What_somebody_else_mounts_at_the_last_moment_stays_mounted()
    {
        string path = Path.Combine(_folder, "mine");
        await _host.CreateScratchAsync(path, [Base], 0, default);
        using OwnedContainer owned = await _ownership.MakeAsync("web", Plan(scratch => scratch with { Path = path, IsKept = true }), Now);
        _host.Before = call =>
        {
            _host.Before = _ => { };
            _host.Mounted.Add(path);
            throw new HcsException(call, HResult.SharingViolation);
        };
        await Assert.ThrowsAsync<HcsException>(() => owned.PrepareAsync(Plan(), Now));
        await owned.UndoAsync(Now);
        Assert.Equal([path], _host.Mounted);
        Assert.Empty(Records);
    }

    [Fact]
    public async Task What_somebody_else_makes_at_the_last_moment_stays()
    {
        string path = Path.Combine(_folder, "mine");
        using OwnedContainer owned = await _ownership.MakeAsync("web", Plan(scratch => scratch with { Path = path, IsKept = true }), Now);
        _host.Before = _ =>
        {
            _host.Before = _ => { };
            _host.CreateScratchAsync(path, [Base], 0, default).GetAwaiter().GetResult();
        };
        LayerException e = await Assert.ThrowsAsync<LayerException>(() => owned.PrepareAsync(Plan(), Now));
        Assert.Equal(LayerProblem.AlreadyExists, e.Problem);
        await owned.UndoAsync(Now);
        Assert.True(File.Exists(Path.Combine(path, "sandbox.vhdx")));
        Assert.Empty(Records);
    }

    [Fact]
    public async Task One_id_has_one_record_in_any_case_and_the_second_session_finds_its_container()
    {
        await CreateAsync();
        HcsException e = await Assert.ThrowsAsync<HcsException>(() => _ownership.MakeAsync("WEB", Plan(), Now));
        Assert.True(e.Is(HResult.SystemAlreadyExists));
        Assert.Single(Records);
        Assert.Single(Scratches);
        (await _ownership.MakeAsync("web2", Plan(), Now)).Dispose();
        Assert.Equal(2, Records.Length);
    }

    [Fact]
    public async Task Two_sessions_at_once_on_one_id_wait_for_each_other()
    {
        using OwnedContainer first = await MakeAsync();
        HcsException late = await Assert.ThrowsAsync<HcsException>(() => _ownership.MakeAsync(
            "web", Plan(), () => new CallOptions(CancellationToken.None, TimeSpan.Zero)));
        Assert.True(late.Is(HResult.OperationTimeout));
        Task<OwnedContainer> second = _ownership.MakeAsync("web", Plan(), Now);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        await first.UndoAsync(Now);
        first.Dispose();
        using OwnedContainer made = await second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.NotEqual(first.Record.Key, made.Record.Key);
    }

    [Fact]
    public async Task The_exit_of_an_earlier_container_leaves_the_next_one_of_the_id_alone()
    {
        await CreateAsync();
        await _ownership.EndAsync("web", "another key", Now);
        Assert.Single(_host.Mounted);
    }

    [Fact]
    public async Task A_session_that_did_not_create_the_container_cleans_up_after_it_too()
    {
        await CreateAsync();
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_restart_finds_the_scratch_as_it_was_left()
    {
        await CreateAsync();
        string scratch = Scratches[0];
        File.WriteAllText(Path.Combine(scratch, "file"), "kept");
        using (OwnedContainer? held = await _ownership.HoldAsync("web", Now))
        {
            _host.Containers.Clear();
            await SweepAsync();
            Assert.Equal(scratch, (await held!.PrepareAsync(Plan(), Now)).Scratch!.Path);
            await held.UndoAsync(Now);
        }

        Assert.True(File.Exists(Path.Combine(scratch, "file")));
        Assert.Equal(["create", "mount"], _host.Calls);
    }

    [Fact]
    public async Task Users_of_a_layer_are_the_containers_that_exist()
    {
        await CreateAsync();
        Assert.Equal(["web"], await _ownership.FindUsersAsync(Base, Now));
        Assert.Equal(["web"], await _ownership.FindUsersAsync(Scratches[0] + "/", Now));
        Assert.Empty(await _ownership.FindUsersAsync("/layers/other", Now));
        _host.Containers.Clear();
        Assert.Empty(await _ownership.FindUsersAsync(Base, Now));
    }

    [Fact]
    public async Task An_orphan_is_removed_by_its_path_and_what_a_container_uses_is_not()
    {
        await CreateAsync();
        LayerException e = await Assert.ThrowsAsync<LayerException>(() => _ownership.TryRemoveOrphanAsync(Scratches[0], Now));
        Assert.Equal(LayerProblem.InUse, e.Problem);
        Assert.Contains("'web'", e.Message, StringComparison.Ordinal);
        _host.Containers.Clear();
        Assert.False(await _ownership.TryRemoveOrphanAsync("/elsewhere", Now));
        Assert.True(await _ownership.TryRemoveOrphanAsync(Scratches[0], Now));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_record_names_no_folder_outside(string key)
    {
        string outside = Path.Combine(_folder, "etc");
        Directory.CreateDirectory(outside);
        Directory.CreateDirectory(Path.Combine(_folder, "own", "scratches", "of another"));
        string records = Path.Combine(_folder, "own", "containers");
        Directory.CreateDirectory(records);
        File.WriteAllText(Path.Combine(records, "a.json"), $$"""{"Id":"web","Key":"{{key}}","IsMounted":true}""");
        await SweepAsync();
        Assert.True(Directory.Exists(outside));
        Assert.Single(Scratches);
        Assert.Empty(_host.Calls);
        Assert.Empty(Records);
    }

    [Fact]
    public async Task The_image_is_told_to_other_sessions()
    {
        ImageProperties image = new()
        {
            Name = "busybox", Digest = "sha256:1", Source = "store", OSVersion = new Version(10, 0, 20348, 1),
            Entrypoint = ["sh"], Environment = new Dictionary<string, string> { ["A"] = "b" },
        };
        await CreateAsync(Plan() with { Image = image });
        ImageProperties? read = (await new ContainerOwnership(_host).ReadAsync("WEB", default))?.Record?.Image;
        Assert.Equal((image.Name, image.OSVersion, "sh", "b"), (read!.Name, read.OSVersion, read.Entrypoint[0], read.Environment["A"]));
    }

    private static CallOptions Now() => new(TestContext.Current.CancellationToken, TimeSpan.FromSeconds(30));

    private static OwnershipPlan Plan(Func<ScratchPlan, ScratchPlan>? change = null)
    {
        ScratchPlan scratch = new() { Layers = [Base], IsMounted = true };
        return new() { Scratch = change?.Invoke(scratch) ?? scratch };
    }

    private Task<OwnedContainer> MakeAsync() => _ownership.MakeAsync("web", Plan(), Now);

    private async Task<OwnedContainer> CreateAsync(OwnershipPlan? plan = null)
    {
        using OwnedContainer owned = await _ownership.MakeAsync("web", plan ?? Plan(), Now);
        await owned.PrepareAsync(Plan(), Now);
        _host.Containers.Add("web");
        return owned;
    }

    /// <summary>Makes all that a container owns, and removes it after the exit.</summary>
    private async Task LiveAsync()
    {
        await CreateAsync();
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
    }

    private Task SweepAsync() => new ContainerOwnership(_host).SweepAsync(_told.Add, Now);

    private Task<IReadOnlyList<OwnedScratch>> FindAsync() => _ownership.FindScratchesAsync(Now);

    private void AssertNothingLeft()
    {
        Assert.Empty(Scratches);
        Assert.Empty(Records);
        Assert.Empty(_host.Mounted);
    }

    private string[] FoldersOf(string name) => Path.Combine(_folder, "own", name) is var folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Order()]
        : [];

    private sealed class KilledException : Exception;
}
