using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A checked document of an endpoint that is to be created.</summary>
/// <param name="Id">Guid of the endpoint.</param>
/// <param name="Document">The document.</param>
/// <param name="Address">The address that it asks for; null leaves the choice to the host.</param>
/// <param name="Hardware">The hardware address that it asks for; null leaves the choice to the host.</param>
/// <param name="Routes">The routes of its container.</param>
/// <param name="Mappings">The ports to map.</param>
internal sealed record EndpointRequest(
    Guid Id,
    HostComputeEndpoint Document,
    uint? Address,
    string? Hardware,
    IReadOnlyList<Ip4Route> Routes,
    IReadOnlyList<PortMapping> Mappings)
{
    private static readonly string s_function = ComputeOperation.CreateEndpoint.Function();

    /// <summary>The name for people: the one in the document, or the id.</summary>
    public string ShownName => string.IsNullOrEmpty(Document.Name) ? HostComputeObject.IdText(Id) : Document.Name!;

    /// <exception cref="HcsException">The document asks for what there is not on Linux.</exception>
    public static EndpointRequest Read(Guid id, HostComputeEndpoint document, HostNetwork network)
    {
        if (!string.IsNullOrEmpty(document.HostComputeNamespace))
        {
            throw Refusal.InvalidArgument(
                null, s_function, "HostComputeNamespace: a change of the namespace adds the endpoint to it.");
        }

        if (document.Flags != EndpointFlags.None)
        {
            throw Refusal.NotSupported(
                null, s_function, $"Flags: an endpoint of isolation Oci has no {document.Flags}.");
        }

        // A network for itself leads nowhere.
        IEnumerable<HostComputeRoute> routes = document.Routes
            ?? (network.Type == NetworkType.NAT ? network.Routes : []);
        return new EndpointRequest(
            id,
            document,
            ReadAddress(document.IpConfigurations ?? [], network.Subnet),
            ReadHardware(document.MacAddress),
            [.. routes.Select(route => Ip4Route.Read(s_function, route))],
            PortMapping.Read(s_function, document.Policies, network));
    }

    private static uint? ReadAddress(HostComputeIpConfiguration[] configurations, Ip4Prefix subnet)
    {
        if (configurations.Length > 1)
        {
            throw Refusal.NotSupported(
                null, s_function, "IpConfigurations: an endpoint of isolation Oci has one address.");
        }

        if (configurations.Length == 0 || string.IsNullOrEmpty(configurations[0].IpAddress))
        {
            return null;
        }

        string text = configurations[0].IpAddress!;
        if (Ip4Address.IsIp6(text))
        {
            throw Refusal.NotSupported(
                null, s_function, $"IpConfigurations: isolation Oci has no IPv6, and '{text}' is of IPv6.");
        }

        return Ip4Address.Read(text) is { } address && subnet.Contains(address)
            ? address
            : throw Refusal.Refused(
                s_function, HResult.InvalidIp, $"IpConfigurations: '{text}' is no address in the subnet '{subnet}'.");
    }

    private static string? ReadHardware(string? text) => string.IsNullOrEmpty(text) ? null
        : HardwareAddress.Read(text!) ?? throw Refusal.InvalidArgument(
            null, s_function, $"MacAddress: '{text}' is no hardware address such as 00-15-5D-1E-00-02.");
}
