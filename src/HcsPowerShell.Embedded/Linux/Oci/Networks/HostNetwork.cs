using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A network of the host: a bridge.</summary>
/// <param name="plan">The checked document.</param>
/// <param name="subnet">Its subnet.</param>
/// <param name="names">The names of the host.</param>
/// <param name="mtu">The longest packet of its interfaces, in bytes.</param>
internal sealed class HostNetwork(NetworkRequest plan, Ip4Prefix subnet, OwnNames names, int mtu)
{
    public Guid Id => plan.Id;

    public string? Name => plan.Document.Name;

    public NetworkType Type => plan.Type;

    public Ip4Prefix Subnet => subnet;

    public uint Gateway { get; } = plan.Gateway ?? (subnet.First + 1);

    public OwnNames Names => names;

    public string Bridge { get; } = names.NextBridge();

    /// <summary>The table of its host.</summary>
    public Firewall Firewall { get; } = new(names.Table);

    public int Mtu => mtu;

    public HostComputeDns? Dns => plan.Document.Dns;

    public AddressPool Addresses { get; } = new(subnet, plan.Gateway ?? (subnet.First + 1));

    /// <summary>The routes of the endpoints that have none of their own.</summary>
    public HostComputeRoute[] Routes { get; } = plan.Routes ?? [new HostComputeRoute
    {
        NextHop = Ip4Address.Write(plan.Gateway ?? (subnet.First + 1)),
        DestinationPrefix = Ip4Route.Everywhere,
    }];

    /// <summary>Takes an address for an endpoint.</summary>
    /// <param name="function">The call that fails.</param>
    /// <param name="wanted">The address; null leaves the choice to the network.</param>
    /// <param name="owner">The endpoint, for people.</param>
    /// <exception cref="HcsException">None is free, it is taken, or the network goes.</exception>
    public uint TakeAddress(string function, uint? wanted, string owner)
    {
        uint? taken = wanted is not { } address ? Addresses.TakeNext(owner)
            : Addresses.TryTake(address, owner) ? address
            : null;
        return taken ?? throw (Addresses.IsClosed
            ? Refusal.Refused(function, HResult.NetworkNotFound, $"There is no network {Id} on this host.")
            : Refusal.Refused(
                function,
                HResult.AddressReserved,
                wanted is { } refused
                    ? $"IpConfigurations: '{Ip4Address.Write(refused)}' is taken, or kept for the network itself."
                    : $"No address of '{subnet}' is free in network '{Name}'."));
    }

    /// <param name="warnings">What keeps packets from the network, as member Warnings of Health.Data.</param>
    public HostComputeNetwork Describe(IReadOnlyList<string> warnings)
    {
        HostComputeNetwork answer = HcsJson.Read<HostComputeNetwork>(HcsJson.Write(plan.Document));
        answer.Id = HostComputeObject.IdText(Id);
        answer.Type = Type.ToString();
        HostComputeIpam ipam = answer.Ipams?.FirstOrDefault() ?? new HostComputeIpam();
        HostComputeSubnet only = ipam.Subnets?.FirstOrDefault() ?? new HostComputeSubnet();
        only.IpAddressPrefix = subnet.ToString();
        only.Routes = Routes;
        ipam.Type = "Static";
        ipam.Subnets = [only];
        answer.Ipams = [ipam];
        if (warnings.Count > 0)
        {
            JsonArray texts = [.. warnings.Select(warning => JsonValue.Create(warning))];
            answer.Health = new NetworkHealth
            {
                Data = new RawJson(new JsonObject { ["Warnings"] = texts }.ToJsonString()),
            };
        }

        return answer;
    }
}
