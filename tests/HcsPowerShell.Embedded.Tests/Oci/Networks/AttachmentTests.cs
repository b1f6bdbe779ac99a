using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Tests endpoints in containers.</summary>
public sealed class AttachmentTests : NetworkTest
{
    [Fact]
    public Task An_endpoint_is_an_interface_with_what_its_document_says() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("nat");
        HostComputeEndpoint first = await EndpointAsync(network);
        HostComputeEndpoint second = await EndpointAsync(await NetworkAsync("inner", type: "Internal"));
        IContainer container = await StartAsync(new() { EndpointList = [first.Id!, second.Id!.ToLowerInvariant()] });
        string shown = await OutputAsync(container, "ip address; ip route");
        Assert.Contains($"inet {AddressOf(first)}/24 brd", shown, StringComparison.Ordinal);
        Assert.Contains($"inet {AddressOf(second)}/24 brd", shown, StringComparison.Ordinal);
        Assert.Contains(
            first.MacAddress!.Replace('-', ':'), shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"default via {network.Ipams![0].Subnets![0].Routes![0].NextHop} dev eth0", shown, StringComparison.Ordinal);
        Assert.Contains("eth1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("inet6 fe80", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("inet6 fe80", Run("ip", "address", "show", "type", "bridge"), StringComparison.Ordinal);
        Assert.Equal([container.Id], (await ReadAsync(first)).Health!.Extra!.SharedContainers!);
    });

    [Fact]
    public Task An_endpoint_is_attached_to_a_running_container_and_detached() => OwnNamespace.RunAsync(async () =>
    {
        ConcurrentQueue<NetworkEventType> told = new();
        Networks.EventReceived += change => told.Enqueue(change.Type);
        HostComputeEndpoint endpoint = await EndpointAsync(await NetworkAsync("nat"));
        IContainer container = await StartAsync();
        IContainer other = await StartAsync();
        await ChangeAsync(container, "Add");
        await ServeAsync(container, "served");
        Assert.Equal("served", Ask(AddressOf(endpoint)));
        await ChangeAsync(container, "Add");
        Assert.Contains(container.Id, await RefusedAsync(
            () => ChangeAsync(other, "Add"), HResult.EndpointAlreadyAttached), StringComparison.Ordinal);
        await RefusedAsync(
            () => CreateAsync(new() { EndpointList = [endpoint.Id!] }), HResult.EndpointAlreadyAttached);
        await RefusedAsync(
            () => Networks.DeleteAsync<HostComputeEndpoint>(Guid.Parse(endpoint.Id!), Patient), HResult.EndpointAlreadyAttached);
        await ChangeAsync(container, "Remove");
        Assert.Empty(Ask(AddressOf(endpoint)));
        Assert.Equal("lo", await OutputAsync(container, "ls /sys/class/net"));
        await ChangeAsync(other, "Add");
        await ServeAsync(other, "moved");
        Assert.Equal("moved", Ask(AddressOf(endpoint)));
        await Eventually(() => told.Count == 4, "every event");
        Assert.Equal(
            [
                NetworkEventType.NetworkCreated, NetworkEventType.EndpointAttached, NetworkEventType.EndpointDetached,
                NetworkEventType.EndpointAttached,
            ],
            told);

        Task ChangeAsync(IContainer changed, string type) => changed.ModifyAsync(
            $$"""{"ResourceType":"Network","RequestType":"{{type}}","Settings":"{{endpoint.Id}}"}""", Patient);
    });

    [Fact]
    public Task A_namespace_gives_a_container_its_endpoints() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("nat");
        HostComputeEndpoint early = await EndpointAsync(network);
        HostComputeEndpoint late = await EndpointAsync(network);
        HostComputeNamespace space = await Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), Patient);
        await ChangeAsync("Add", early);
        string document = HcsJson.Write(new ComputeSystem
        {
            SchemaVersion = new SchemaVersion { Major = 2, Minor = 1 },
            Container = new Container { Networking = new ContainerNetworking { Namespace = space.Id } },
        });
        IContainer container = await Host.CreateContainerAsync(
            "spaced", document, new SchemaVersion { Major = 2, Minor = 1 }, Patient);
        await container.StartAsync(Patient);
        await ServeAsync(container, "served");
        Assert.Equal("served", Ask(AddressOf(early)));
        Assert.Empty(Ask(AddressOf(late)));
        await ChangeAsync("Add", late);
        Assert.Equal("served", Ask(AddressOf(late)));
        await ChangeAsync("Remove", early);
        Assert.Empty(Ask(AddressOf(early)));
        Guid id = Guid.Parse(space.Id!);
        await RefusedAsync(
            () => Networks.DeleteAsync<HostComputeNamespace>(id, Patient), HResult.NetworkRequestUnsupported);
        await container.TerminateAsync(Patient);
        Assert.Equal(space.Id, (await ReadAsync(late)).HostComputeNamespace);
        await Networks.DeleteAsync<HostComputeNamespace>(id, Patient);
        Assert.Null((await ReadAsync(late)).HostComputeNamespace);

        Task ChangeAsync(string type, HostComputeEndpoint endpoint) => Networks.ModifyAsync<HostComputeNamespace>(
            Guid.Parse(space.Id!),
            new ModifyNetworkSettingRequest
            {
                ResourceType = "Endpoint",
                RequestType = type,
                Settings = new RawJson(HcsJson.Write(new NamespaceEndpoint { EndpointId = endpoint.Id })),
            },
            Patient);
    });

    [Fact]
    public Task Containers_of_one_namespace_share_its_network() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeEndpoint endpoint = await EndpointAsync(await NetworkAsync("nat"));
        HostComputeNamespace space = await Networks.CreateAsync(Guid.NewGuid(), new HostComputeNamespace(), Patient);
        await Networks.ModifyAsync<HostComputeNamespace>(
            space.Guid, ModifyNetworkSettingRequest.OfEndpoint("Add", endpoint.Id!), Patient);
        IContainer first = await JoinAsync("first");
        IContainer second = await JoinAsync("second");
        await ServeAsync(second, "shared");
        Assert.Equal("shared", Ask(AddressOf(endpoint)));
        Assert.Equal("shared", await AskAsync(first, "127.0.0.1"));
        Assert.Equal(["first", "second"], (await ReadAsync(endpoint)).Health!.Extra!.SharedContainers!);
        Assert.Equal(endpoint.Id, Assert.Single((await StatisticsAsync(second)).Network!).EndpointId);

        // The network is that of the containers that are left.
        await first.TerminateAsync(Patient);
        await Eventually(
            async () => (await ReadAsync(endpoint)).Health!.Extra!.SharedContainers!.Length == 1, "the first has left");
        Assert.Equal("shared", Ask(AddressOf(endpoint)));
        Assert.Contains("'second'", await RefusedAsync(
            () => Networks.DeleteAsync<HostComputeNamespace>(space.Guid, Patient),
            HResult.NetworkRequestUnsupported), StringComparison.Ordinal);
        await second.TerminateAsync(Patient);
        await Eventually(
            async () => ((await ReadAsync(endpoint)).Health?.Extra?.SharedContainers ?? []).Length == 0, "the second has left");
        await ServeAsync(await JoinAsync("third"), "again");
        Assert.Equal("again", Ask(AddressOf(endpoint)));

        async Task<IContainer> JoinAsync(string id)
        {
            IContainer container = await Host.CreateContainerAsync(id, HcsJson.Write(new ComputeSystem
            {
                SchemaVersion = new SchemaVersion { Major = 2, Minor = 1 },
                Container = new Container { Networking = new ContainerNetworking { Namespace = space.Id } },
            }), new SchemaVersion { Major = 2, Minor = 1 }, Patient);
            await container.StartAsync(Patient);
            return container;
        }
    });

    [Fact]
    public Task Counters_are_the_bytes_that_were_sent() => OwnNamespace.RunAsync(async () =>
    {
        const int Packets = 50, Content = 1000, Headers = 14 + 20 + 8, QuestionOfArp = 42;
        HostComputeEndpoint endpoint = await EndpointAsync(await NetworkAsync("nat"));
        IContainer container = await StartAsync(new() { EndpointList = [endpoint.Id!] });
        Programs.Add(System.Diagnostics.Process.Start(
            "ip", ["netns", "exec", OwnNamespace.Neighbour!, "socat", "-u", "UDP-RECV:9", "/dev/null"]));
        await Eventually(
            () => Run("ip", "netns", "exec", OwnNamespace.Neighbour!, "cat", "/proc/net/udp").Contains(":0009 ", StringComparison.Ordinal),
            "the neighbour listens");
        await OutputAsync(container, "echo | socat -u - UDP:198.51.100.1:9");
        NetworkStats before = await Networks.GetStatisticsAsync(endpoint.Guid, Patient);
        await OutputAsync(
            container, $"dd if=/dev/zero bs={Content} count={Packets} 2>/dev/null | socat -u -b {Content} - UDP:198.51.100.1:9");
        NetworkStats after = await Networks.GetStatisticsAsync(endpoint.Guid, Patient);
        ulong other = (after.PacketsSent - before.PacketsSent)!.Value - Packets;
        Assert.InRange(other, 0UL, 5UL);
        Assert.Equal(
            (Packets * (Content + Headers)) + (other * QuestionOfArp), (after.BytesSent - before.BytesSent)!.Value);
    });

    [Fact]
    public Task Name_servers_of_the_network_complete_those_of_the_endpoint() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork document = Document("nat");
        document.Dns = new HostComputeDns { ServerList = ["192.0.2.53"], Domain = "a.example" };
        HostComputeNetwork network = await Networks.CreateAsync(Guid.NewGuid(), document, Patient);
        Assert.Equal("nameserver 192.0.2.53\nsearch a.example", await SettingsAsync(Endpoint(network)));
        HostComputeEndpoint searching = Endpoint(network);
        searching.Dns = new HostComputeDns { Search = ["b.example"] };
        Assert.Equal("nameserver 192.0.2.53\nsearch b.example", await SettingsAsync(searching));

        // Without any, the host has them.
        HostComputeEndpoint alone = Endpoint(await NetworkAsync("plain"));
        alone.Dns = new HostComputeDns { Domain = "c.example" };
        string settings = Path.Combine(Folder, "resolv.conf");
        File.WriteAllText(settings, "nameserver 192.0.2.1\nsearch d.example\n");
        Run("mount", "--bind", settings, "/etc/resolv.conf");
        Assert.Equal("nameserver 192.0.2.1\nsearch c.example", await SettingsAsync(alone));

        async Task<string> SettingsAsync(HostComputeEndpoint endpoint)
        {
            HostComputeEndpoint made = await Networks.CreateAsync(Guid.NewGuid(), endpoint, Patient);
            return await OutputAsync(await StartAsync(new() { EndpointList = [made.Id!] }), "cat /etc/resolv.conf");
        }
    });

    [Fact]
    public Task A_running_container_resolves_names_once_it_has_an_endpoint() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork document = Document("nat");
        document.Dns = new HostComputeDns { ServerList = ["192.0.2.53"] };
        HostComputeNetwork network = await Networks.CreateAsync(Guid.NewGuid(), document, Patient);
        ContainerConfig[] configs =
        [
            new() { DNSSearchList = "a.example" },
            new() { Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "cat") }] },
        ];
        foreach (ContainerConfig config in configs)
        {
            IContainer container = await StartAsync(config);
            Assert.DoesNotContain(
                "192.0.2.53", await OutputAsync(container, "cat /etc/resolv.conf 2>&1"), StringComparison.Ordinal);
            string[] endpoints = [(await EndpointAsync(network)).Id!, (await EndpointAsync(network)).Id!];
            foreach (string endpoint in endpoints)
            {
                await ChangeAsync(container, "Add", endpoint);
            }

            string expected = "nameserver 192.0.2.53" + (config.DNSSearchList is null ? "" : "\nsearch a.example");
            Assert.Equal(expected, await OutputAsync(container, "cat /etc/resolv.conf"));

            // What the container writes there, a further endpoint keeps, and the first of all replaces.
            await OutputAsync(container, "echo own >/etc/resolv.conf");
            await ChangeAsync(container, "Remove", endpoints[1]);
            await ChangeAsync(container, "Add", endpoints[1]);
            Assert.Equal("own", await OutputAsync(container, "cat /etc/resolv.conf"));
            await ChangeAsync(container, "Remove", endpoints[0]);
            await ChangeAsync(container, "Remove", endpoints[1]);
            await ChangeAsync(container, "Add", endpoints[0]);
            Assert.Equal(expected, await OutputAsync(container, "cat /etc/resolv.conf"));
        }

        static Task ChangeAsync(IContainer container, string type, string endpoint) => container.ModifyAsync(
            $$"""{"ResourceType":"Network","RequestType":"{{type}}","Settings":"{{endpoint}}"}""", Patient);
    });

    [Fact]
    public Task Counters_are_those_of_the_container() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeEndpoint endpoint = await EndpointAsync(await NetworkAsync("nat"));
        Guid id = Guid.Parse(endpoint.Id!);
        Assert.Null((await Networks.GetStatisticsAsync(id, Patient)).BytesSent);
        IContainer container = await ServeAsync("served", endpoint);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("served", Ask(AddressOf(endpoint)));
        }

        await Eventually(
            async () =>
            {
                NetworkStats outside = await Networks.GetStatisticsAsync(id, Patient);
                NetworkStats inside = Assert.Single((await StatisticsAsync(container)).Network!);
                Assert.Equal(endpoint.Id, outside.EndpointId);
                Assert.Equal(endpoint.Id, inside.EndpointId);
                Assert.True(inside.PacketsReceived > 5 && inside.PacketsSent > 5);
                return (outside.BytesReceived, outside.BytesSent, outside.PacketsReceived, outside.PacketsSent)
                    == (inside.BytesReceived, inside.BytesSent, inside.PacketsReceived, inside.PacketsSent);
            },
            "both count the same");
    });

    [Fact]
    public Task Name_servers_are_those_of_the_endpoint_or_of_the_host() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("nat");
        HostComputeEndpoint document = Endpoint(network);
        document.Dns = new HostComputeDns { ServerList = ["192.0.2.53"], Search = ["a.example", "b.example"] };
        HostComputeEndpoint own = await Networks.CreateAsync(Guid.NewGuid(), document, Patient);
        IContainer container = await StartAsync(new() { EndpointList = [own.Id!] });
        Assert.Equal(
            "nameserver 192.0.2.53\nsearch a.example b.example", await OutputAsync(container, "cat /etc/resolv.conf"));
        string settings = Path.Combine(Folder, "resolv.conf");
        File.WriteAllText(settings, "nameserver 127.0.0.53\n");
        Run("mount", "--bind", settings, "/etc/resolv.conf");
        Directory.CreateDirectory("/run/systemd/resolve");
        Run("mount", "-t", "tmpfs", "tmpfs", "/run/systemd/resolve");
        HostComputeNetwork warned = await NetworkAsync("warned");
        Assert.Contains("/etc/resolv.conf", warned.Health!.Data!.Text, StringComparison.Ordinal);
        File.WriteAllText("/run/systemd/resolve/resolv.conf", "nameserver 192.0.2.1\n");
        IContainer plain = await StartAsync(new() { EndpointList = [(await EndpointAsync(warned)).Id!] });
        Assert.Equal("nameserver 192.0.2.1", await OutputAsync(plain, "cat /etc/resolv.conf"));
        Assert.DoesNotContain(
            "/etc/resolv.conf",
            (await Networks.GetAsync<HostComputeNetwork>(Guid.Parse(warned.Id!), isDetailed: true, Patient)).Health?.Data?.Text ?? "none",
            StringComparison.Ordinal);
    });

    [Fact]
    public Task A_hundred_endpoints_and_twenty_containers_at_once() => OwnNamespace.RunAsync(async () =>
    {
        HostComputeNetwork network = await NetworkAsync("nat");
        HostComputeEndpoint[] all = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => EndpointAsync(network, null, Map((ushort)(20000 + i), 80))));
        Assert.Equal(100, all.Select(AddressOf).Distinct().Count());
        await Task.WhenAll(all.Take(20).Select((endpoint, i) => ServeAsync($"served{i}", endpoint)));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"served{i}", Ask("198.51.100.2", PortOf(all[i])));
        }
    });

    private Task<HostComputeEndpoint> ReadAsync(HostComputeEndpoint endpoint) =>
        Networks.GetAsync<HostComputeEndpoint>(Guid.Parse(endpoint.Id!), isDetailed: false, Patient);
}
