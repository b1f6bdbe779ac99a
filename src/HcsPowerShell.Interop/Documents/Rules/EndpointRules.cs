using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>The rules that the document of an endpoint must satisfy before it is sent.</summary>
internal static class EndpointRules
{
    /// <summary>Returns every problem of the document.</summary>
    /// <param name="endpoint">The document.</param>
    /// <param name="network">The network that the endpoint will be on; null when it is not known.</param>
    public static IEnumerable<DocumentProblem> Check(HostComputeEndpoint endpoint, HostComputeNetwork? network) =>
    [
        .. Network(endpoint.HostComputeNetwork),
        .. Namespace(endpoint.HostComputeNamespace),
        .. (endpoint.Policies ?? []).SelectMany((policy, i) => Ports(policy, $"Policies[{i}].Settings")),
        .. MacAddress(endpoint.MacAddress),
        .. (endpoint.IpConfigurations ?? []).SelectMany((address, i) =>
            Address(address?.IpAddress, network, $"IpConfigurations[{i}].IpAddress")),
        .. NetworkRules.Servers(endpoint.Dns),
        .. TextRules.Check(endpoint),
    ];

    private static IEnumerable<DocumentProblem> Network(string? network) => Guid.TryParse(network, out _)
        ? []
        : [new DocumentProblem(nameof(HostComputeEndpoint.HostComputeNetwork), "The guid of its network is required.")];

    private static IEnumerable<DocumentProblem> Ports(HostComputePolicy? policy, string path)
    {
        if (policy is not { Type: PortMappingSetting.PolicyType, Settings: { } settings })
        {
            return [];
        }

        using JsonDocument given = HcsJson.Parse(settings.Text);
        DocumentProblem[] misfits =
        [
            .. DocumentShape.Check(typeof(PortMappingSetting), given.RootElement, out string fitting)
                .Where(problem => !problem.IsSent),
        ];
        PortMappingSetting read = HcsJson.Read<PortMappingSetting>(fitting);
        return misfits.Length > 0
            ? misfits.Select(problem => new DocumentProblem(
                problem.Path == "$" ? path : $"{path}.{problem.Path}", problem.Message))
            : [.. Port(read.InternalPort, $"{path}.InternalPort"), .. HostAddress(read.VIP, $"{path}.VIP")];
    }

    private static IEnumerable<DocumentProblem> Port(ushort? port, string path) => port is null or 0
        ? [new DocumentProblem(path, $"The port of the container is required, a number from 1 to {ushort.MaxValue}.")]
        : [];

    private static IEnumerable<DocumentProblem> HostAddress(string? address, string path) =>
        string.IsNullOrEmpty(address) || AddressPrefix.ParseAddress(address!) is not null
            ? []
            : [new DocumentProblem(path, $"'{address}' is no IP address.")];

    private static IEnumerable<DocumentProblem> Namespace(string? space) => string.IsNullOrEmpty(space)
        ? []
        : [new DocumentProblem(
            nameof(HostComputeEndpoint.HostComputeNamespace),
            "Only the service sets it; Connect-HcsEndpoint puts an endpoint into the namespace of a container.")];

    private static IEnumerable<DocumentProblem> MacAddress(string? address) =>
        string.IsNullOrEmpty(address) || Regex.IsMatch(address, "^([0-9A-F]{2}-){5}[0-9A-F]{2}$", RegexOptions.IgnoreCase)
            ? []
            : [new DocumentProblem(nameof(HostComputeEndpoint.MacAddress), $"'{address}' is not of the form 00-15-5D-52-C0-00.")];

    private static IEnumerable<DocumentProblem> Address(string? text, HostComputeNetwork? network, string path)
    {
        if (AddressPrefix.ParseAddress(text ?? string.Empty) is not { } address)
        {
            return [new DocumentProblem(path, $"'{text}' is no IP address.")];
        }

        AddressPrefix[] prefixes = network is null ? [] : [.. NetworkRules.PrefixesOf(network)];
        return prefixes.Length == 0 || prefixes.Any(prefix => prefix.Contains(address))
            ? []
            : [new DocumentProblem(
                path, $"{address} is not in {string.Join(" or ", prefixes.AsEnumerable())}, the addresses of network '{network!.Name}'.")];
    }
}
