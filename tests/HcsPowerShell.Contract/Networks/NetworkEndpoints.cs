using System;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

public abstract partial class NetworkContract
{
    [Fact]
    public async Task An_endpoint_gets_an_address_of_its_subnet()
    {
        string prefix = NewPrefix();
        HostComputeNetwork network = await CreateAsync(NetworkOf(prefix));
        var id = Guid.NewGuid();
        HostComputeEndpoint first = await CreateAsync(EndpointOf(network), id);
        HostComputeEndpoint second = await CreateAsync(EndpointOf(network));
        Assert.Equal(id.ToString().ToUpperInvariant(), first.Id);
        Assert.Equal(IdOf(network), Guid.Parse(first.HostComputeNetwork!));
        Assert.Equal([Address(prefix, 2), Address(prefix, 3)], new[] { first, second }.Select(AddressOf));
        Assert.Equal((byte)24, first.IpConfigurations![0].PrefixLength);
        Assert.Matches("^00-15-5D(-[0-9A-F]{2}){3}$", first.MacAddress);
        Assert.NotEqual(first.MacAddress, second.MacAddress);
        Assert.Equal(AddressOf(first), AddressOf(await ReadAsync(first)));
    }

    [Fact]
    public async Task An_endpoint_keeps_the_addresses_it_asks_for()
    {
        string prefix = NewPrefix();
        HostComputeNetwork network = await CreateAsync(NetworkOf(prefix));
        HostComputeEndpoint document = WithAddress(network, Address(prefix, 77));
        document.MacAddress = "00-15-5D-01-02-03";
        HostComputeEndpoint made = await CreateAsync(document);
        Assert.Equal(Address(prefix, 77), AddressOf(made));
        Assert.Equal("00-15-5D-01-02-03", made.MacAddress);
    }

    [Fact]
    public async Task An_address_outside_the_subnet_is_refused()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        await RefusedAsync(() => CreateAsync(WithAddress(network, "192.0.2.7")), HResult.InvalidIp);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused()
    {
        string prefix = NewPrefix();
        HostComputeNetwork network = await CreateAsync(NetworkOf(prefix));
        HostComputeEndpoint first = await CreateAsync(EndpointOf(network));
        await RefusedAsync(() => CreateAsync(WithAddress(network, AddressOf(first))), HResult.AddressReserved);
        await RefusedAsync(() => CreateAsync(WithAddress(network, Address(prefix, 1))), HResult.AddressReserved);
        await DeleteAsync(first);
        Assert.Equal(AddressOf(first), AddressOf(await CreateAsync(WithAddress(network, AddressOf(first)))));
    }

    [Fact]
    public async Task A_subnet_without_a_free_address_refuses_until_one_is_free()
    {
        HostComputeNetwork network = await CreateAsync(NetworkOf(NewPrefix(29)));
        HostComputeEndpoint[] all = new HostComputeEndpoint[5];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = await CreateAsync(EndpointOf(network));
        }

        await RefusedAsync(() => CreateAsync(EndpointOf(network)), HResult.AddressReserved);
        await DeleteAsync(all[2]);
        Assert.Equal(AddressOf(all[2]), AddressOf(await CreateAsync(EndpointOf(network))));
    }

    [Fact]
    public async Task Endpoints_that_are_made_at_once_have_addresses_of_their_own()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Networks.CreateAsync(
            Guid.NewGuid(), EndpointOf(network), Limit))).Within();
        foreach (HostComputeEndpoint endpoint in all)
        {
            _made.Push(() => DeleteAsync(endpoint));
        }

        Assert.Equal(all.Length, all.Select(AddressOf).Distinct().Count());
        Assert.Equal(all.Length, all.Select(endpoint => endpoint.MacAddress).Distinct().Count());
    }

    [Fact]
    public Task An_endpoint_of_a_network_that_is_not_there_is_refused() => NotFoundAsync(() => CreateAsync(
        EndpointOf(new HostComputeNetwork { Id = Guid.NewGuid().ToString() })));

    [Fact]
    public async Task An_endpoint_with_an_unknown_policy_is_refused()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        var unknown = new HostComputePolicy { Type = "Unheard", Settings = new RawJson("{}") };
        await RefusedAsync(() => CreateAsync(EndpointOf(network, unknown)), HResult.InvalidPolicyType);
        await DeleteAsync(network);
    }

    [Fact]
    public async Task A_port_of_the_host_is_mapped_once()
    {
        ushort port = NewPort();
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint first = await CreateAsync(EndpointOf(network, Mapping(port)));
        await RefusedAsync(() => CreateAsync(EndpointOf(network, Mapping(port))), HResult.PortAlreadyExists);
        HostComputeNetwork other = await CreateNetworkAsync();
        await RefusedAsync(() => CreateAsync(EndpointOf(other, Mapping(port))), HResult.PortAlreadyExists);
        await CreateAsync(EndpointOf(network, Mapping(port, NetworkProtocol.UDP)));
        await DeleteAsync(first);
        HostComputeEndpoint next = await CreateAsync(EndpointOf(other, Mapping(port)));
        Assert.Equal(port, MappedPort(await ReadAsync(next)));
    }

    [Fact]
    public async Task An_endpoint_that_is_refused_takes_nothing()
    {
        string prefix = NewPrefix();
        (ushort taken, ushort free) = (NewPort(), NewPort());
        HostComputeNetwork network = await CreateAsync(NetworkOf(prefix));
        await CreateAsync(EndpointOf(network, Mapping(taken)));
        await RefusedAsync(
            () => CreateAsync(EndpointOf(network, Mapping(free), Mapping(taken))), HResult.PortAlreadyExists);
        HostComputeEndpoint next = await CreateAsync(EndpointOf(network, Mapping(free)));
        Assert.Equal(Address(prefix, 3), AddressOf(next));
    }

    [Fact]
    public async Task A_network_without_address_translation_maps_no_port()
    {
        HostComputeNetwork network = await CreateAsync(NetworkOf(NewPrefix(), "Internal"));
        await RefusedAsync(
            () => CreateAsync(EndpointOf(network, Mapping(NewPort()))), HResult.PortMappingNotSupported);
        Assert.NotEmpty(AddressOf(await CreateAsync(EndpointOf(network))));
    }

    [Fact]
    public async Task A_policy_of_an_endpoint_is_added_and_removed()
    {
        ushort port = NewPort();
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint first = await CreateAsync(EndpointOf(network));
        HostComputeEndpoint second = await CreateAsync(EndpointOf(network));
        await ModifyAsync(first, PolicyOf("Add", Mapping(port)));
        Assert.Equal(port, MappedPort(await ReadAsync(first)));
        await RefusedAsync(() => ModifyAsync(second, PolicyOf("Add", Mapping(port))), HResult.PortAlreadyExists);
        await ModifyAsync(first, PolicyOf("Remove", Mapping(port)));
        Assert.Empty((await ReadAsync(first)).Policies ?? []);
        await ModifyAsync(second, PolicyOf("Add", Mapping(port)));
        Assert.Equal(port, MappedPort(await ReadAsync(second)));
    }

    [Fact]
    public async Task An_endpoint_has_counters()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(network));
        NetworkStats counters = await Networks.GetStatisticsAsync(IdOf(endpoint), Limit).Within();
        Assert.Equal(IdOf(endpoint), Guid.Parse(counters.EndpointId!));
        await NotFoundAsync(() => Networks.GetStatisticsAsync(Guid.NewGuid(), Limit).Within());
    }

    private static HostComputeEndpoint WithAddress(HostComputeNetwork network, string address)
    {
        HostComputeEndpoint document = EndpointOf(network);
        document.IpConfigurations = [new HostComputeIpConfiguration { IpAddress = address, PrefixLength = 24 }];
        return document;
    }

    /// <summary>A request that adds a policy to an endpoint, or removes it.</summary>
    private static ModifyNetworkSettingRequest PolicyOf(string requestType, HostComputePolicy policy) => new()
    {
        ResourceType = "Policy",
        RequestType = requestType,
        Settings = new RawJson($$"""{"Policies":[{{HcsJson.Write(policy)}}]}"""),
    };

    private static ushort? MappedPort(HostComputeEndpoint endpoint)
    {
        HostComputePolicy policy = Assert.Single(endpoint.Policies!);
        Assert.Equal(PortMappingSetting.PolicyType, policy.Type);
        return HcsJson.Read<PortMappingSetting>(policy.Settings!.Text).ExternalPort;
    }
}
