using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>An endpoint of the host: a veth pair, as long as it is attached.</summary>
/// <param name="plan">The checked document.</param>
/// <param name="network">Its network.</param>
/// <param name="address">Its address.</param>
/// <param name="pair">Name of the end of the veth pair that stays with the host.</param>
internal sealed class HostEndpoint(EndpointRequest plan, HostNetwork network, uint address, string pair)
{
    public Guid Id => plan.Id;

    public string? Name => plan.Document.Name;

    /// <summary>The name for people: the one in the document, or the id.</summary>
    public string ShownName => string.IsNullOrEmpty(Name) ? HostComputeObject.IdText(Id) : Name!;

    public HostNetwork Network => network;

    public uint Address => address;

    public string Hardware { get; } = plan.Hardware ?? HardwareAddress.Of(address);

    public string Pair => pair;

    public HostComputeDns? Dns => plan.Document.Dns ?? network.Dns;

    public IReadOnlyList<Ip4Route> Routes => plan.Routes;

    /// <summary>The ports that lead to it.</summary>
    public IReadOnlyList<PortReservation> Ports { get; set; } = [];

    /// <summary>The namespace that it is in; null when it is in none.</summary>
    public HostNamespace? Namespace { get; set; }

    /// <summary>The container that has it; null when none has.</summary>
    public Attachment? Attachment { get; set; }

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
                SharedContainers = Attachment is { } attached ? [attached.Container] : [],
            },
        };
        return answer;
    }
}

/// <summary>The container that has an endpoint.</summary>
/// <param name="Container">Id of the container.</param>
/// <param name="ProcessId">Host process id of its first process.</param>
/// <param name="Interface">Name of the interface in the container.</param>
internal sealed record Attachment(string Container, int ProcessId, string Interface);
