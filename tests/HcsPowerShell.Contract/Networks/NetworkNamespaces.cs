using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract.Networks;

public abstract partial class NetworkContract
{
    [Fact]
    public async Task A_namespace_takes_an_endpoint_and_gives_it_back()
    {
        (HostComputeNamespace space, HostComputeEndpoint endpoint) = await CreateJoinedAsync();
        NamespaceResource resource = Assert.Single((await ReadAsync(space)).Resources!);
        Assert.Equal("Endpoint", resource.Type);
        Assert.Equal(IdOf(endpoint), Guid.Parse(resource.Data!.Id!));
        Assert.Equal(IdOf(space), Guid.Parse((await ReadAsync(endpoint)).HostComputeNamespace!));
        await ModifyAsync(space, Resource("Remove", endpoint));
        Assert.Empty((await ReadAsync(space)).Resources ?? []);
        Assert.True(IsFree(await ReadAsync(endpoint)));
    }

    [Fact]
    public async Task A_namespace_has_the_chosen_id_and_is_found()
    {
        var id = Guid.NewGuid();
        HostComputeNamespace made = await CreateAsync(NamespaceOf(), id);
        Assert.Equal(id.ToString().ToUpperInvariant(), made.Id);
        Assert.Contains(id, await FindAsync<HostComputeNamespace>());
        Assert.Equal([id], await FindAsync<HostComputeNamespace>($$"""{"ID":"{{made.Id}}"}"""));
    }

    [Fact]
    public async Task An_endpoint_is_in_one_namespace()
    {
        (HostComputeNamespace first, HostComputeEndpoint endpoint) = await CreateJoinedAsync();
        HostComputeNamespace second = await CreateAsync(NamespaceOf());
        await RefusedAsync(
            () => ModifyAsync(second, Resource("Add", endpoint)),
            HResult.EndpointInNamespace, HResult.EndpointAlreadyAttached);
        await RefusedAsync(
            () => ModifyAsync(first, Resource("Add", endpoint)),
            HResult.EndpointInNamespace, HResult.EndpointAlreadyAttached);
        Assert.Empty((await ReadAsync(second)).Resources ?? []);
        Assert.Single((await ReadAsync(first)).Resources!);
        await ModifyAsync(first, Resource("Remove", endpoint));
        await ModifyAsync(second, Resource("Add", endpoint));
        Assert.Equal(IdOf(second), Guid.Parse((await ReadAsync(endpoint)).HostComputeNamespace!));
    }

    [Fact]
    public async Task A_namespace_refuses_an_endpoint_that_is_not_there()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(network));
        HostComputeNamespace space = await CreateAsync(NamespaceOf());
        await RefusedAsync(
            () => ModifyAsync(space, Resource("Remove", endpoint)), HResult.EndpointNotAttached);
        await DeleteAsync(endpoint);
        await NotFoundAsync(() => ModifyAsync(space, Resource("Add", endpoint)));
        Assert.Empty((await ReadAsync(space)).Resources ?? []);
    }

    private async Task<(HostComputeNamespace Space, HostComputeEndpoint Endpoint)> CreateJoinedAsync()
    {
        HostComputeNetwork network = await CreateNetworkAsync();
        HostComputeEndpoint endpoint = await CreateAsync(EndpointOf(network));
        HostComputeNamespace space = await CreateAsync(NamespaceOf());
        Assert.Empty(space.Resources ?? []);
        Assert.True(IsFree(endpoint));
        await ModifyAsync(space, Resource("Add", endpoint));
        return (space, endpoint);
    }

    /// <summary>True for an endpoint that is in no namespace; a service may write that as the zero guid.</summary>
    private static bool IsFree(HostComputeEndpoint endpoint) =>
        string.IsNullOrEmpty(endpoint.HostComputeNamespace) || Guid.Parse(endpoint.HostComputeNamespace) == Guid.Empty;
}
