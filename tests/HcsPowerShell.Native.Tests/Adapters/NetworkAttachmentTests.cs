using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of what the networks tell of the systems on them.</summary>
public sealed class NetworkAttachmentTests : NetworkTests
{
    private readonly VmComputeService _systems = new();

    [Fact]
    public async Task An_endpoint_of_a_new_system_names_it_until_its_end()
    {
        HostComputeEndpoint endpoint = await CreateEndpointAsync();
        IContainer container = await CreateAsync(endpoint.Id!);
        Assert.Equal([container.Id], await UsersAsync(endpoint));
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        container.Close();
        Assert.Empty(await UsersAsync(endpoint));
    }

    [Fact]
    public async Task An_endpoint_is_added_to_a_running_system_and_removed()
    {
        HostComputeEndpoint endpoint = await CreateEndpointAsync();
        IContainer container = await CreateAsync();
        await container.StartAsync(Limit);
        await container.ModifyAsync(Request("Add", endpoint), Limit);
        Assert.Equal([container.Id], await UsersAsync(endpoint));
        HostComputeNamespace space = await Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), Limit);
        await RefusedAsync(HResult.EndpointAlreadyAttached, () => Networks.ModifyAsync<HostComputeNamespace>(
            space.Guid,
            new ModifyNetworkSettingRequest
            {
                ResourceType = "Endpoint",
                RequestType = "Add",
                Settings = new RawJson(HcsJson.Write(new NamespaceEndpoint { EndpointId = endpoint.Id })),
            },
            Limit));
        await container.ModifyAsync(Request("Remove", endpoint), Limit);
        Assert.Empty(await UsersAsync(endpoint));
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        container.Close();
    }

    [Fact]
    public async Task A_namespace_names_the_systems_in_it_and_is_not_deleted_under_them()
    {
        HostComputeEndpoint endpoint = await CreateEndpointAsync();
        HostComputeNamespace space = await Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), Limit);
        Assert.True(Mock.Attach("web", space.Id!));
        Assert.True(Mock.Attach("web", endpoint.Id!));
        NamespaceResource resource = Assert.Single((await ReadAsync(space)).Resources!);
        Assert.Equal(("Container", "web"), (resource.Type, resource.Data!.Id));
        await RefusedAsync(
            HResult.NetworkRequestUnsupported, () => Networks.DeleteAsync<HostComputeNamespace>(space.Guid, Limit));
        Assert.True(Mock.Attach("web", space.Id!, on: false));
        await Networks.DeleteAsync<HostComputeNamespace>(space.Guid, Limit);
    }

    private static string Request(string kind, HostComputeEndpoint endpoint) =>
        $$"""{"ResourceType":"Network","RequestType":"{{kind}}","Settings":"{{endpoint.Id}}"}""";

    private Task<IContainer> CreateAsync(params string[] endpoints) => _systems.CreateContainerAsync(
        "test-" + Guid.NewGuid().ToString("N"),
        HcsJson.Write(new ContainerConfig { SystemType = "Container", EndpointList = endpoints }),
        new SchemaVersion { Major = 1 },
        Limit);

    private async Task<string[]> UsersAsync(HostComputeEndpoint endpoint) =>
        (await ReadAsync(endpoint)).Health!.Extra!.SharedContainers ?? [];
}
