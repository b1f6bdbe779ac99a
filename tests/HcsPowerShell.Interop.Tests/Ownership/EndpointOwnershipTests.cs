using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Ownership;

/// <summary>Tests that the endpoints of a container end with it.</summary>
public sealed class EndpointOwnershipTests : IDisposable
{
    private static readonly SchemaVersion s_one = new() { Major = 1 };
    private static readonly SchemaVersion s_two = new() { Major = 2, Minor = 1 };

    private readonly string _folder = Directory.CreateTempSubdirectory("hcs-own-").FullName;
    private readonly OwningHost _host;
    private readonly ContainerOwnership _ownership;
    private readonly List<string> _told = [];

    public EndpointOwnershipTests()
    {
        _host = new OwningHost(_folder);
        _ownership = new ContainerOwnership(_host);
    }

    /// <summary>A session that is killed before or after each call on networks, in the life of two endpoints.</summary>
    public static TheoryData<int, bool> Kills
    {
        get
        {
            var kills = new TheoryData<int, bool>();
            for (int call = 1; call <= 10; call++)
            {
                kills.Add(call, true);
                kills.Add(call, false);
            }

            return kills;
        }
    }

    private Dictionary<Guid, List<string>> Objects => ((OwningNetworks)_host.Networks).Objects;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task A_session_that_is_killed_in_the_middle_leaves_nothing_after_the_next_one(int call, bool before)
    {
        int made = 0;
        void Kill(string name)
        {
            if (++made == call)
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
        (_host.Before, _host.After) = (_ => { }, _ => { });
        await new ContainerOwnership(_host).SweepAsync(_told.Add, Now);
        AssertNothingLeft();
        Assert.Contains("endpoint", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_life_is_in_order_and_leaves_nothing()
    {
        await LiveAsync();
        Assert.Equal(
            [
                "create HostComputeEndpoint", "create HostComputeEndpoint", "create HostComputeNamespace", "Add", "Add",
                "Remove", "Remove", "delete HostComputeEndpoint", "delete HostComputeEndpoint", "delete HostComputeNamespace",
            ],
            _host.Calls);
        AssertNothingLeft();
    }

    [Fact]
    public async Task The_guids_that_the_service_chooses_are_recorded()
    {
        ((OwningNetworks)_host.Networks).ChoosesIds = true;
        OwnedResources made = await CreateAsync();
        Assert.Equal(Objects.Keys.Order(), GuidsOf(made).Append(made.Namespace!.Value).Order());
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Endpoints_of_a_container_that_has_gone_are_orphaned()
    {
        OwnedResources made = await CreateAsync();
        Assert.Empty(await _ownership.FindOrphanedEndpointsAsync(Now));
        Assert.Empty(await _ownership.FindScratchesAsync(Now));
        _host.Containers.Clear();
        Assert.Equal(GuidsOf(made), await _ownership.FindOrphanedEndpointsAsync(Now));
    }

    [Fact]
    public async Task What_somebody_else_has_removed_is_no_failure()
    {
        await CreateAsync();
        _host.Containers.Clear();
        Objects.Clear();
        await _ownership.EndAsync("web", null, Now);
        AssertNothingLeft();
    }

    [Fact]
    public async Task An_endpoint_of_the_user_leaves_the_namespace_and_stays()
    {
        OwnedResources made = await CreateAsync();
        var mine = Guid.NewGuid();
        Objects.Add(mine, []);
        Objects[made.Namespace!.Value].Add(mine.ToString());
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
        Assert.Equal([mine], Objects.Keys);
    }

    [Fact]
    public async Task A_container_that_was_not_created_leaves_no_endpoint()
    {
        using OwnedContainer owned = await _ownership.MakeAsync("web", Plan(), Now);
        await owned.PrepareAsync(Plan(), Now);
        await owned.UndoAsync(Now);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_restart_finds_the_endpoints_as_they_were_left()
    {
        OwnedResources made = await CreateAsync();
        int calls = _host.Calls.Count;
        using OwnedContainer? held = await _ownership.HoldAsync("web", Now);
        OwnedResources again = await held!.PrepareAsync(Plan(), Now);
        Assert.Equal(GuidsOf(made), GuidsOf(again));
        Assert.Equal(calls, _host.Calls.Count);
    }

    [Fact]
    public async Task A_restart_makes_what_somebody_else_has_removed()
    {
        await CreateAsync();
        Objects.Clear();
        using OwnedContainer? held = await _ownership.HoldAsync("web", Now);
        await held!.PrepareAsync(Plan(), Now);
        Assert.Equal(3, Objects.Count);
    }

    [Fact]
    public void They_are_written_into_a_document_of_each_schema()
    {
        Guid[] endpoints = [Guid.NewGuid(), Guid.NewGuid()];
        var made = new OwnedResources(
            null, [.. endpoints.Select(id => new HostComputeEndpoint { Id = id.ToString() })], Guid.NewGuid());
        ContainerConfig one = HcsJson.Read<ContainerConfig>(made.Complete("""{"EndpointList":["mine"],"HostName":"h"}""", s_one));
        Assert.Equal(["mine", $"{endpoints[0]}", $"{endpoints[1]}"], one.EndpointList!);
        Assert.Equal("h", one.HostName);
        ComputeSystem two = HcsJson.Read<ComputeSystem>(
            made.Complete("""{"Container":{"Networking":{"DnsSearchList":"a"}}}""", s_two));
        Assert.Equal($"{made.Namespace}", two.Container!.Networking!.Namespace);
        Assert.Equal("a", two.Container.Networking.DnsSearchList);
    }

    private static OwnershipPlan Plan() =>
        new() { Endpoints = [new HostComputeEndpoint(), new HostComputeEndpoint()], HasNamespace = true };

    private static Guid[] GuidsOf(OwnedResources made) => [.. made.Endpoints.Select(endpoint => endpoint.Guid)];

    private static CallOptions Now() => default;

    private async Task<OwnedResources> CreateAsync()
    {
        using OwnedContainer owned = await _ownership.MakeAsync("web", Plan(), Now);
        OwnedResources made = await owned.PrepareAsync(Plan(), Now);
        _host.Containers.Add("web");
        return made;
    }

    private async Task LiveAsync()
    {
        await CreateAsync();
        _host.Containers.Clear();
        await _ownership.EndAsync("web", null, Now);
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(Objects);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "containers")));
    }

    private sealed class KilledException : Exception;
}
