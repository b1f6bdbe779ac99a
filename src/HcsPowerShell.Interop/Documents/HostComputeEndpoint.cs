using System;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>An endpoint: the network adapter of a container (HCN <c>HostComputeEndpoint</c>).</summary>
public sealed class HostComputeEndpoint : HostComputeObject
{
    /// <summary>Guid of its network.</summary>
    public string? HostComputeNetwork { get; set; }

    /// <summary>Guid of the namespace that it is in. Only the service sets it.</summary>
    public string? HostComputeNamespace { get; set; }

    /// <summary>Policies of the endpoint, such as PortMapping.</summary>
    public HostComputePolicy[]? Policies { get; set; }

    /// <summary>Addresses; the service chooses one when there are none.</summary>
    public HostComputeIpConfiguration[]? IpConfigurations { get; set; }

    /// <summary>Name resolution of its container.</summary>
    public HostComputeDns? Dns { get; set; }

    /// <summary>Routes of its container.</summary>
    public HostComputeRoute[]? Routes { get; set; }

    /// <summary>Hardware address, such as 00-15-5D-52-C0-00.</summary>
    public string? MacAddress { get; set; }

    /// <summary>Flags of the endpoint.</summary>
    [JsonConverter(typeof(NumberOrNamesConverter<EndpointFlags>))]
    public EndpointFlags Flags { get; set; }
}

/// <summary>An address of an endpoint (HCN <c>IpConfig</c>).</summary>
public sealed class HostComputeIpConfiguration : HcsDocument
{
    /// <summary>Address.</summary>
    public string? IpAddress { get; set; }

    /// <summary>Length of the prefix of its subnet, 0 to 128.</summary>
    public byte? PrefixLength { get; set; }

    /// <summary>Guid of the part of the subnet, since schema 2.3.</summary>
    public string? IpSubnetId { get; set; }
}

/// <summary>Flags of an endpoint (HCN <c>EndpointFlags</c>).</summary>
[Flags]
public enum EndpointFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The endpoint is on another machine.</summary>
    RemoteEndpoint = 1,

    /// <summary>It does not reach other endpoints.</summary>
    DisableInterComputeCommunication = 2,

    /// <summary>Its traffic is mirrored.</summary>
    EnableMirroring = 4,

    /// <summary>Its interface has a low metric.</summary>
    EnableLowInterfaceMetric = 8,

    /// <summary>Its DNS servers come first.</summary>
    OverrideDNSServerOrder = 16,

    /// <summary>It gets its address by DHCP.</summary>
    EnableDhcp = 32,
}
