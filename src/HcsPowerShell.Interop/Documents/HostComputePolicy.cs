using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A policy of a network, a subnet or an endpoint.</summary>
public sealed class HostComputePolicy : CompositeDocument
{
    /// <summary>Type of the policy, such as PortMapping, ACL, OutBoundNAT, NetAdapterName or VLAN.</summary>
    public string? Type { get; set; }

    /// <summary>Settings, in the form that the type requires.</summary>
    public RawJson? Settings { get; set; }
}

/// <summary>Settings of the policy PortMapping (HCN <c>PortMappingPolicySetting</c>).</summary>
public sealed class PortMappingSetting : HcsDocument
{
    /// <summary>The type of the policy.</summary>
    public const string PolicyType = "PortMapping";

    /// <summary>TCP or UDP.</summary>
    [JsonConverter(typeof(NumberOrNamesConverter<NetworkProtocol>))]
    public NetworkProtocol Protocol { get; set; }

    /// <summary>Port of the container, 1 to 65535.</summary>
    public ushort? InternalPort { get; set; }

    /// <summary>Port of the host, 1 to 65535.</summary>
    public ushort? ExternalPort { get; set; }

    /// <summary>Address of the host; null means every one.</summary>
    public string? VIP { get; set; }

    /// <summary>Flags.</summary>
    [JsonConverter(typeof(NumberOrNamesConverter<NatFlags>))]
    public NatFlags Flags { get; set; }
}

/// <summary>A protocol, by its number in the header of IP.</summary>
public enum NetworkProtocol
{
    /// <summary>No protocol is named.</summary>
    None = 0,

    /// <summary>ICMP.</summary>
    ICMP = 1,

    /// <summary>IGMP.</summary>
    IGMP = 2,

    /// <summary>TCP.</summary>
    TCP = 6,

    /// <summary>UDP.</summary>
    UDP = 17,

    /// <summary>ICMPv6.</summary>
    ICMPv6 = 58,
}

/// <summary>Flags of a mapped port (HCN <c>NatFlags</c>).</summary>
[System.Flags]
public enum NatFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The host reaches the port by its own address.</summary>
    LocalRoutedVip = 1,

    /// <summary>The port is one of IPv6.</summary>
    IPv6 = 2,
}
