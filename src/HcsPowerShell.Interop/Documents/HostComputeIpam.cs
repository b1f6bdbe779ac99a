using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Addresses for the endpoints of a network (HCN <c>Ipam</c>).</summary>
public sealed class HostComputeIpam : CompositeDocument
{
    /// <summary>Static or Dhcp.</summary>
    public string? Type { get; set; }

    /// <summary>Subnets.</summary>
    public HostComputeSubnet[]? Subnets { get; set; }
}

/// <summary>A subnet of a network (HCN <c>Subnet</c>).</summary>
public sealed class HostComputeSubnet : CompositeDocument
{
    /// <summary>Prefix, such as 172.30.0.0/24.</summary>
    public string? IpAddressPrefix { get; set; }

    /// <summary>Policies of the subnet, such as VLAN.</summary>
    public HostComputePolicy[]? Policies { get; set; }

    /// <summary>Routes, with a default route for the gateway.</summary>
    public HostComputeRoute[]? Routes { get; set; }

    /// <summary>Parts of the subnet, since schema 2.3.</summary>
    public RawJson? IpSubnets { get; set; }

    /// <summary>Flags of the subnet, since schema 2.7.</summary>
    [JsonConverter(typeof(NumberOrNamesConverter<SubnetFlags>))]
    public SubnetFlags Flags { get; set; }
}

/// <summary>Flags of a subnet (HCN <c>SubnetFlags</c>).</summary>
[Flags]
public enum SubnetFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The address of the gateway is not kept for it.</summary>
    DoNotReserveGatewayAddress = 1,
}
