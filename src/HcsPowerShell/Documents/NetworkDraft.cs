using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Documents;

/// <summary>Completes and checks the documents of new networks and endpoints.</summary>
internal static class NetworkDraft
{
    /// <summary>Completes and checks a network.</summary>
    /// <param name="network">The network from the user; the method completes it in place.</param>
    /// <param name="additionalJson">JSON that is merged over the document and whose values win.</param>
    /// <exception cref="HcsDocumentException">A value is refused; nothing was sent.</exception>
    public static HostComputeNetwork Complete(HostComputeNetwork network, string? additionalJson) =>
        Complete(network, additionalJson, NetworkRules.Check);

    /// <summary>Completes and checks an endpoint.</summary>
    /// <param name="endpoint">The endpoint from the user; the method completes it in place.</param>
    /// <param name="network">Its network.</param>
    /// <param name="additionalJson">JSON that is merged over the document and whose values win.</param>
    /// <exception cref="HcsDocumentException">A value is refused; nothing was sent.</exception>
    public static HostComputeEndpoint Complete(
        HostComputeEndpoint endpoint, HostComputeNetwork network, string? additionalJson) =>
        Complete(endpoint, additionalJson, whole => EndpointRules.Check(whole, network));

    /// <summary>The subnets of prefixes, each with its default route.</summary>
    /// <param name="prefixes">The prefixes.</param>
    /// <param name="gateways">A gateway for some or all of them; by default the first address.</param>
    /// <param name="vlanId">The VLAN of each subnet; null without one.</param>
    /// <exception cref="HcsDocumentException">A prefix or a gateway is refused.</exception>
    public static HostComputeIpam[]? Ipams(string[] prefixes, string[] gateways, int? vlanId)
    {
        AddressPrefix[] parsed = [.. prefixes.Select(prefix => AddressPrefix.Parse(prefix, out string? problem)
            ?? throw new HcsDocumentException("AddressPrefix", problem!))];
        IPAddress[] hops = [.. gateways.Select(gateway => AddressPrefix.ParseAddress(gateway)
            ?? throw new HcsDocumentException("Gateway", $"'{gateway}' is no IP address"))];
        if (hops.FirstOrDefault(hop => !parsed.Any(prefix => prefix.Contains(hop))) is { } stray)
        {
            throw new HcsDocumentException("Gateway", parsed.Length == 0
                ? "a gateway goes with -AddressPrefix"
                : $"{stray} is not in {string.Join(" or ", parsed.AsEnumerable())}");
        }

        HostComputePolicy[]? policies = vlanId is null ? null : [Policy("VLAN", "IsolationId", vlanId)];
        HostComputeSubnet[] subnets = parsed.Length == 0 && policies is not null
            ? [new HostComputeSubnet { Policies = policies }]
            : [.. parsed.Select(prefix => new HostComputeSubnet
            {
                IpAddressPrefix = prefix.ToString(),
                Policies = policies,
                Routes = [Default(prefix, hops)],
            })];
        return subnets.Length == 0 ? null : [new HostComputeIpam { Type = "Static", Subnets = subnets }];
    }

    /// <summary>An address, with the length of the prefix of the network that it is in.</summary>
    public static HostComputeIpConfiguration Address(string address, HostComputeNetwork network) => new()
    {
        IpAddress = address,
        PrefixLength = AddressPrefix.ParseAddress(address) is { } parsed
            ? NetworkRules.PrefixesOf(network).FirstOrDefault(prefix => prefix.Contains(parsed))?.Length
            : null,
    };

    /// <summary>A policy with one setting.</summary>
    public static HostComputePolicy Policy(string type, string setting, object value) => new()
    {
        Type = type,
        Settings = new RawJson(DocumentText.From(new Dictionary<string, object> { [setting] = value })),
    };

    private static HostComputeRoute Default(AddressPrefix prefix, IPAddress[] gateways)
    {
        IPAddress[] own = [.. gateways.Where(prefix.Contains)];
        return own.Length > 1
            ? throw new HcsDocumentException("Gateway", $"{prefix} has one gateway, not {own.Length}")
            : new HostComputeRoute
            {
                NextHop = (own.FirstOrDefault() ?? prefix.First).ToString(),
                DestinationPrefix = prefix.Everything,
            };
    }

    private static T Complete<T>(T document, string? additionalJson, Func<T, IEnumerable<DocumentProblem>> check)
        where T : HostComputeObject
    {
        document.Owner = string.IsNullOrEmpty(document.Owner) ? ContainerDraft.DefaultOwner : document.Owner;
        document.SchemaVersion ??= new SchemaVersion { Major = 2, Minor = 0 };
        T whole = string.IsNullOrEmpty(additionalJson)
            ? document
            : HcsJson.Read<T>(DocumentMerge.Over(HcsJson.Write(document), additionalJson!));
        return check(whole).FirstOrDefault() is { } problem
            ? throw new HcsDocumentException(problem.Path, problem.Message.TrimEnd('.'))
            : whole;
    }
}
