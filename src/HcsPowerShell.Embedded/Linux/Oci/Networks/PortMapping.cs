using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A port of the host that leads to a port of an endpoint.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="InternalPort">Port of the endpoint.</param>
/// <param name="ExternalPort">Port of the host; 0 asks for a free one.</param>
/// <param name="Address">Address of the host; null means every one.</param>
/// <param name="Flags">Flags of the policy.</param>
internal sealed record PortMapping(
    NetworkProtocol Protocol, ushort InternalPort, ushort ExternalPort, uint? Address, NatFlags Flags)
{
    /// <summary>The port of the host, for people.</summary>
    public string Shown => (Address is { } address ? Ip4Address.Write(address) + ":" : string.Empty)
        + $"{ExternalPort}/{(Protocol == NetworkProtocol.TCP ? "tcp" : "udp")}";

    /// <summary>Reads the policies of an endpoint, of which all must be of that type.</summary>
    /// <exception cref="HcsException">A policy is of another type, or maps no port of IPv4.</exception>
    public static IReadOnlyList<PortMapping> Read(string function, HostComputePolicy[]? policies, HostNetwork network)
    {
        PortMapping[] mappings = [.. (policies ?? []).Select(policy => Read(function, policy))];
        return mappings.Length == 0 || network.Type == NetworkType.NAT
            ? mappings
            : throw Refusal.Refused(
                function,
                HResult.PortMappingNotSupported,
                $"Policies: network '{network.Name}' is of type {network.Type}, and only NAT maps ports.");
    }

    public HostComputePolicy ToPolicy() => new()
    {
        Type = PortMappingSetting.PolicyType,
        Settings = new RawJson(HcsJson.Write(new PortMappingSetting
        {
            Protocol = Protocol,
            InternalPort = InternalPort,
            ExternalPort = ExternalPort,
            VIP = Address is { } address ? Ip4Address.Write(address) : null,
            Flags = Flags,
        })),
    };

    /// <summary>True when the other one names this mapping; port 0 names whatever port it is.</summary>
    public bool IsNamedBy(PortMapping other) =>
        Protocol == other.Protocol && InternalPort == other.InternalPort && Address == other.Address
        && (other.ExternalPort == 0 || ExternalPort == other.ExternalPort);

    /// <summary>True when the machine cannot have both.</summary>
    public bool Excludes(PortMapping other) =>
        Protocol == other.Protocol && ExternalPort == other.ExternalPort
        && (Address is null || other.Address is null || Address == other.Address);

    private static PortMapping Read(string function, HostComputePolicy policy)
    {
        if (!PortMappingSetting.PolicyType.Equals(policy.Type, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.Refused(
                function,
                HResult.InvalidPolicyType,
                $"Policies: isolation Oci has no policy {policy.Type} of an endpoint, only {PortMappingSetting.PolicyType}.");
        }

        PortMappingSetting setting;
        try
        {
            setting = HcsJson.Read<PortMappingSetting>(policy.Settings?.Text ?? "{}");
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.Refused(function, HResult.InvalidNetworkJson, $"Policies: {e.Message}", e);
        }

        if (setting.Protocol is not (NetworkProtocol.TCP or NetworkProtocol.UDP))
        {
            throw Refusal.InvalidArgument(null, function, "Protocol: a mapped port is one of TCP (6) or UDP (17).");
        }

        if (Ip4Address.IsIp6(setting.VIP) || (setting.Flags & NatFlags.IPv6) != 0)
        {
            throw Refusal.NotSupported(null, function, "PortMapping: isolation Oci has no IPv6.");
        }

        return new PortMapping(
            setting.Protocol,
            setting.InternalPort is { } port and > 0
                ? port
                : throw Refusal.InvalidArgument(null, function, "InternalPort: a port from 1 to 65535 is expected."),
            setting.ExternalPort ?? 0,
            string.IsNullOrEmpty(setting.VIP)
                ? null
                : Ip4Address.Read(setting.VIP) ?? throw Refusal.Refused(
                    function, HResult.InvalidIp, $"VIP: '{setting.VIP}' is no address of IPv4."),
            setting.Flags);
    }
}
