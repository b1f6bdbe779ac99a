using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>Base class of tests of networks: containers that serve and ask.</summary>
public abstract class NetworkTest : OciTest
{
    private static readonly string[] s_tools = ["/usr/sbin/nft", "/usr/bin/unshare", "/usr/bin/socat"];

    private protected NetworkTest() => Assert.SkipUnless(
        s_tools.All(File.Exists), "Needs the packages nftables, socat and util-linux.");

    private protected INetworkService Networks => Host.Networks;

    private protected Task<HostComputeNetwork> NetworkAsync(
        string name, string? prefix = null, string? type = null, EmbeddedComputeService? host = null) =>
        (host ?? Host).Networks.CreateAsync(Guid.NewGuid(), Document(name, prefix, type), Patient);

    private protected static HostComputeNetwork Document(string name, string? prefix = null, string? type = null) => new()
    {
        Name = name,
        Type = type,
        Ipams = prefix is null ? null : [new HostComputeIpam { Subnets = [new HostComputeSubnet { IpAddressPrefix = prefix }] }],
    };

    private protected Task<HostComputeEndpoint> EndpointAsync(
        HostComputeNetwork network, string? name = null, params HostComputePolicy[] policies) =>
        Networks.CreateAsync(Guid.NewGuid(), Endpoint(network, name, policies), Patient);

    private protected static HostComputeEndpoint Endpoint(
        HostComputeNetwork network, string? name = null, params HostComputePolicy[] policies) =>
        new() { Name = name, HostComputeNetwork = network.Id, Policies = policies.Length == 0 ? null : policies };

    private protected static HostComputePolicy Map(
        ushort? external, ushort port, NetworkProtocol protocol = NetworkProtocol.TCP, string? address = null) => new()
        {
            Type = PortMappingSetting.PolicyType,
            Settings = new RawJson(HcsJson.Write(new PortMappingSetting
            {
                Protocol = protocol, ExternalPort = external, InternalPort = port, VIP = address,
            })),
        };

    /// <summary>A request that changes the policies of an endpoint.</summary>
    private protected static ModifyNetworkSettingRequest Request(string type, params HostComputePolicy[] policies) => new()
    {
        ResourceType = "Policy",
        RequestType = type,
        Settings = new RawJson(HcsJson.Write(new HostComputeEndpoint { Policies = policies })),
    };

    private protected static string AddressOf(HostComputeEndpoint endpoint) => endpoint.IpConfigurations![0].IpAddress!;

    private protected static ushort PortOf(HostComputeEndpoint endpoint) =>
        HcsJson.Read<PortMappingSetting>(endpoint.Policies![0].Settings!.Text).ExternalPort!.Value;

    /// <summary>Starts a container with endpoints that answers its name on port 80, again and again.</summary>
    private protected async Task<IContainer> ServeAsync(string name, params HostComputeEndpoint[] endpoints)
    {
        IContainer container = await StartAsync(
            new ContainerConfig { EndpointList = [.. endpoints.Select(endpoint => endpoint.Id!)] }, name);
        await ServeAsync(container, name);
        return container;
    }

    private protected static async Task ServeAsync(IContainer container, string answer)
    {
        await BeginAsync(container, "/bin/sh", "-c", $"exec socat TCP-LISTEN:80,reuseaddr,fork SYSTEM:'echo {answer}'");
        await Eventually(
            async () => (await ShellAsync(container, "grep -q ':0050 00000000:0000 0A' /proc/net/tcp")).ExitCode == 0,
            answer + " listens");
    }

    /// <summary>What a container gets from an address and a port; empty when it gets nothing.</summary>
    private protected static Task<string> AskAsync(IContainer container, string address, int port = 80) =>
        OutputAsync(container, Question(address, port));

    /// <summary>What the host gets.</summary>
    private protected static string Ask(string address, int port = 80) => Run("sh", "-c", Question(address, port)).Trim();

    /// <summary>What the neighbour of the host gets.</summary>
    private protected static string AskAsNeighbour(string address, int port = 80) => Run(
        "ip", "netns", "exec", OwnNamespace.Neighbour!, "sh", "-c", Question(address, port)).Trim();

    private protected static string Ruleset() => Run("nft", "list", "ruleset");

    private protected static string Links() => string.Join(
        "\n", Run("ip", "-br", "link").Split('\n').Select(line => line.Split(' ')[0]).Order());

    /// <summary>The number of the network namespace of this process.</summary>
    private protected static string NamespaceNumber() =>
        string.Concat(new FileInfo("/proc/self/ns/net").LinkTarget!.Where(char.IsDigit));

    private protected static string Forwarding(string link) =>
        File.ReadAllText($"/proc/sys/net/ipv4/conf/{link}/forwarding").Trim();

    // The answer, however late it comes; or nothing, six seconds after nobody has taken the call.
    private static string Question(string address, int port) =>
        $"timeout 30 socat -t 20 - TCP:{address}:{port},connect-timeout=6 </dev/null 2>/dev/null || true";
}
