using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>An endpoint of the host: a veth pair, as long as it is attached.</summary>
/// <param name="plan">The checked document.</param>
/// <param name="network">Its network.</param>
/// <param name="address">Its address.</param>
internal sealed class HostEndpoint(EndpointRequest plan, HostNetwork network, uint address)
{
    public Guid Id => plan.Id;

    public string? Name => plan.Document.Name;

    public string ShownName => plan.ShownName;

    public HostNetwork Network => network;

    public uint Address => address;

    public string Hardware { get; } = plan.Hardware ?? HardwareAddress.Of(address);

    /// <summary>Name of the end of its veth pair that stays with the host.</summary>
    public string Pair { get; } = network.Names.NextPair();

    /// <summary>Name resolution of its container; the network says what its own document leaves open.</summary>
    public HostComputeDns? Dns { get; } = Complete(plan.Document.Dns, network.Dns);

    public IReadOnlyList<Ip4Route> Routes => plan.Routes;

    /// <summary>The ports that lead to it.</summary>
    public IReadOnlyList<PortReservation> Ports { get; set; } = [];

    /// <summary>The namespace that it is in; null when it is in none.</summary>
    public HostNamespace? Namespace { get; set; }

    /// <summary>The container that has it; null when none has.</summary>
    public Attachment? Attachment { get; set; }

    /// <summary>Whether the container has it, alone or with others.</summary>
    public bool IsOf(string container) => Users.Any(user => ContainerId.Comparer.Equals(user.Container, container));

    /// <summary>The refusal of a change that its owner excludes.</summary>
    public HcsException AlreadyAttached(string function)
    {
        string owner = Attachment is { } had ? $"container '{had.User.Container}'"
            : $"namespace {HostComputeObject.IdText(Namespace?.Id ?? Guid.Empty)}";
        return Refusal.Refused(
            function, HResult.EndpointAlreadyAttached, $"Endpoint '{ShownName}' is attached to {owner} already.");
    }

    public HostComputeEndpoint Describe()
    {
        HostComputeEndpoint answer = HcsJson.Read<HostComputeEndpoint>(HcsJson.Write(plan.Document));
        answer.Id = HostComputeObject.IdText(Id);
        answer.HostComputeNetwork = HostComputeObject.IdText(network.Id);
        answer.HostComputeNamespace = Namespace is { } space ? HostComputeObject.IdText(space.Id) : null;
        answer.IpConfigurations =
        [
            new HostComputeIpConfiguration
            {
                IpAddress = Ip4Address.Write(address), PrefixLength = (byte)network.Subnet.Length,
            },
        ];
        answer.MacAddress = Hardware;
        answer.Routes = plan.Document.Routes ?? network.Routes;
        answer.Dns = Dns;
        answer.Policies = [.. Ports.Select(port => port.Mapping.ToPolicy())];
        answer.Health = new NetworkHealth
        {
            Extra = new NetworkHealthExtra
            {
                SharedContainers = [.. Users.Select(user => user.Container)],
            },
        };
        return answer;
    }

    private static HostComputeDns? Complete(HostComputeDns? own, HostComputeDns? common) =>
        own is null || common is null ? own ?? common : new HostComputeDns
        {
            Domain = own.Domain ?? common.Domain,
            Search = own.Search ?? common.Search,
            ServerList = own.ServerList is { Length: > 0 } ? own.ServerList : common.ServerList,
            Options = own.Options ?? common.Options,
        };

    private IReadOnlyList<NetworkUser> Users => Namespace?.Users ?? (Attachment is { } had ? [had.User] : []);
}

/// <summary>The place of an attached endpoint.</summary>
/// <param name="User">The container that has it; where several share it, one of them.</param>
/// <param name="Interface">Name of the interface there.</param>
internal sealed record Attachment(NetworkUser User, string Interface);
