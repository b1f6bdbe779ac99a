using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

/// <summary>What holds for objects of each kind, and for networks.</summary>
public abstract partial class NetworkContract
{
    [Fact]
    public async Task A_network_has_the_chosen_id_and_what_its_document_says()
    {
        var id = Guid.NewGuid();
        HostComputeNetwork document = NetworkOf(NewPrefix());
        HostComputeNetwork made = await CreateAsync(document, id);
        Assert.Equal(id.ToString().ToUpperInvariant(), made.Id);
        HostComputeNetwork read = await ReadAsync(made);
        Assert.Equal(made.Id, read.Id);
        Assert.Equal(document.Name, read.Name);
        Assert.Equal(HostComputeNetwork.DefaultType, read.Type ?? HostComputeNetwork.DefaultType);
        HostComputeSubnet subnet = Assert.Single(Assert.Single(read.Ipams!).Subnets!);
        Assert.Equal(document.Ipams![0].Subnets![0].IpAddressPrefix, subnet.IpAddressPrefix);
        Assert.Equal(document.Ipams[0].Subnets![0].Routes![0].NextHop, Assert.Single(subnet.Routes!).NextHop);
    }

    [Fact]
    public async Task A_detailed_answer_is_of_the_same_object()
    {
        HostComputeNetwork made = await CreateNetworkAsync();
        HostComputeNetwork read = await Networks.GetAsync<HostComputeNetwork>(IdOf(made), isDetailed: true, Limit).Within();
        Assert.Equal(made.Name, read.Name);
    }

    [Fact]
    public async Task A_network_without_a_subnet_gets_one()
    {
        HostComputeNetwork made = await CreateAsync(new HostComputeNetwork { Name = NewName(), Type = "NAT" });
        HostComputeSubnet subnet = Assert.Single(Assert.Single(made.Ipams!).Subnets!);
        Assert.Contains('/', subnet.IpAddressPrefix!);
        Assert.Equal("0.0.0.0/0", Assert.Single(subnet.Routes!).DestinationPrefix);
        Assert.NotEmpty(AddressOf(await CreateAsync(EndpointOf(made))));
    }

    [Fact]
    public async Task A_network_with_an_id_that_exists_is_refused()
    {
        HostComputeNetwork made = await CreateNetworkAsync();
        await RefusedAsync(
            () => CreateAsync(NetworkOf(NewPrefix()), IdOf(made)), HResult.NetworkAlreadyExists);
        Assert.Equal(made.Name, (await ReadAsync(made)).Name);
    }

    [Fact]
    public Task A_network_of_an_unknown_type_is_refused() => RefusedAsync(
        () => CreateAsync(NetworkOf(NewPrefix(), "Unheard")), HResult.InvalidNetworkType);

    [Fact]
    public Task A_network_with_a_prefix_that_is_none_is_refused() => RefusedAsync(
        () => CreateAsync(NetworkOf("10.1.2.3.4/24")), HResult.InvalidPrefix);

    [Fact]
    public async Task Objects_are_found_by_id_and_name()
    {
        HostComputeNetwork first = await CreateNetworkAsync();
        HostComputeNetwork second = await CreateNetworkAsync();
        Assert.Equal([IdOf(first)], await FindAsync<HostComputeNetwork>($$"""{"Name":"{{first.Name}}"}"""));
        Assert.Equal([IdOf(second)], await FindAsync<HostComputeNetwork>($$"""{"ID":"{{second.Id}}"}"""));
        Assert.Equal(
            [IdOf(second)], await FindAsync<HostComputeNetwork>($$"""{"ID":"{{second.Id!.ToLowerInvariant()}}"}"""));
        Assert.Empty(await FindAsync<HostComputeNetwork>($$"""{"Name":"{{NewName()}}"}"""));
        IReadOnlyList<Guid> all = await FindAsync<HostComputeNetwork>();
        Assert.Contains(IdOf(first), all);
        Assert.Contains(IdOf(second), all);
    }

    [Fact]
    public async Task Endpoints_are_found_by_their_network()
    {
        HostComputeNetwork first = await CreateNetworkAsync();
        HostComputeNetwork second = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(first));
        await CreateAsync(EndpointOf(second));
        Assert.Equal(
            [IdOf(endpoint)], await FindAsync<HostComputeEndpoint>($$"""{"VirtualNetwork":"{{first.Id}}"}"""));
        Assert.Equal(
            [IdOf(endpoint)], await FindAsync<HostComputeEndpoint>($$"""{"Name":"{{endpoint.Name}}"}"""));
    }

    [Fact]
    public Task A_filter_that_is_no_JSON_is_refused() => RefusedAsync(
        () => FindAsync<HostComputeNetwork>("{ no"), HResult.InvalidNetworkJson);

    [Fact]
    public async Task A_deleted_object_is_not_found()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        await GoneAsync(await CreateAsync(EndpointOf(network)));
        await GoneAsync(network);
        await GoneAsync(await CreateAsync(NamespaceOf()));
    }

    [Fact]
    public async Task A_change_of_an_unknown_part_is_refused()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(network));
        HostComputeNamespace space = await CreateAsync(NamespaceOf());
        var unknown = new ModifyNetworkSettingRequest
        {
            ResourceType = "Unheard", RequestType = "Add", Settings = new RawJson("{}"),
        };
        await RefusedAsync(() => ModifyAsync(network, unknown), HResult.NetworkRequestUnsupported);
        await RefusedAsync(() => ModifyAsync(endpoint, unknown), HResult.NetworkRequestUnsupported);
        await RefusedAsync(() => ModifyAsync(space, unknown), HResult.NetworkRequestUnsupported);
    }

    [Fact]
    public async Task A_network_with_endpoints_is_not_deleted()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(network));
        await RefusedAsync(() => DeleteAsync(network), HResult.HasReferences);
        Assert.Equal(network.Name, (await ReadAsync(network)).Name);
        await DeleteAsync(endpoint);
        await DeleteAsync(network);
        await NotFoundAsync(() => ReadAsync(network));
    }

    [Fact]
    public async Task The_version_of_the_service_is_told_or_there_is_none()
    {
        Version? version = await Networks.GetVersionAsync(Limit).Within();
        Assert.True(version is null || version.Major > 0);
    }

    private async Task GoneAsync<T>(T made)
        where T : HostComputeObject
    {
        await DeleteAsync(made);
        await NotFoundAsync(() => ReadAsync(made));
        await NotFoundAsync(() => DeleteAsync(made));
        await NotFoundAsync(() => ModifyAsync(made, new ModifyNetworkSettingRequest
        {
            ResourceType = "Policy", RequestType = "Add", Settings = new RawJson("""{"Policies":[]}"""),
        }));
        Assert.DoesNotContain(IdOf(made), await FindAsync<T>());
    }
}
