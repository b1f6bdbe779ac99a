using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules that the document of an endpoint must satisfy before it is sent.</summary>
internal static class EndpointRules
{
    /// <summary>Returns every problem of the document.</summary>
    /// <param name="endpoint">The document.</param>
    /// <param name="network">The network that the endpoint will be on.</param>
    public static IEnumerable<DocumentProblem> Check(HostComputeEndpoint endpoint, HostComputeNetwork network) =>
    [
        .. Namespace(endpoint.HostComputeNamespace),
        .. MacAddress(endpoint.MacAddress),
        .. (endpoint.IpConfigurations ?? []).SelectMany((address, i) =>
            Address(address?.IpAddress, network, $"IpConfigurations[{i}].IpAddress")),
        .. NetworkRules.Servers(endpoint.Dns),
        .. TextRules.Check(endpoint),
    ];

    private static IEnumerable<DocumentProblem> Namespace(string? space) => string.IsNullOrEmpty(space)
        ? []
        : [new DocumentProblem(
            nameof(HostComputeEndpoint.HostComputeNamespace),
            "Only the service sets it; Connect-HcsEndpoint puts an endpoint into the namespace of a container.")];

    private static IEnumerable<DocumentProblem> MacAddress(string? address) =>
        string.IsNullOrEmpty(address) || Regex.IsMatch(address, "^([0-9A-F]{2}-){5}[0-9A-F]{2}$", RegexOptions.IgnoreCase)
            ? []
            : [new DocumentProblem(nameof(HostComputeEndpoint.MacAddress), $"'{address}' is not of the form 00-15-5D-52-C0-00.")];

    private static IEnumerable<DocumentProblem> Address(string? text, HostComputeNetwork network, string path)
    {
        if (AddressPrefix.ParseAddress(text ?? string.Empty) is not { } address)
        {
            return [new DocumentProblem(path, $"'{text}' is no IP address.")];
        }

        AddressPrefix[] prefixes = [.. NetworkRules.PrefixesOf(network)];
        return prefixes.Length == 0 || prefixes.Any(prefix => prefix.Contains(address))
            ? []
            : [new DocumentProblem(
                path, $"{address} is not in {string.Join(" or ", prefixes.AsEnumerable())}, the addresses of network '{network.Name}'.")];
    }
}
