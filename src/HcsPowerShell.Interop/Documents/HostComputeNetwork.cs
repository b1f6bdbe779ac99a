using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>A network (HCN <c>HostComputeNetwork</c>).</summary>
public sealed class HostComputeNetwork : HostComputeObject
{
    /// <summary>The type that a network has whose document names none.</summary>
    public const string DefaultType = "NAT";

    /// <summary>
    /// NAT, ICS, Transparent, L2Bridge, L2Tunnel, Overlay, Private, Internal, Mirrored and later ones; null means NAT.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>Policies of the network.</summary>
    public HostComputePolicy[]? Policies { get; set; }

    /// <summary>Hardware addresses for the endpoints.</summary>
    public MacPool? MacPool { get; set; }

    /// <summary>Name resolution for the endpoints.</summary>
    public HostComputeDns? Dns { get; set; }

    /// <summary>Addresses for the endpoints.</summary>
    public HostComputeIpam[]? Ipams { get; set; }

    /// <summary>Flags of the network.</summary>
    [JsonConverter(typeof(NumberOrNamesConverter<NetworkFlags>))]
    public NetworkFlags Flags { get; set; }
}

/// <summary>Hardware addresses for endpoints (HCN <c>MacPool</c>).</summary>
public sealed class MacPool : CompositeDocument
{
    /// <summary>Ranges of addresses.</summary>
    public MacRange[]? Ranges { get; set; }
}

/// <summary>A range of hardware addresses (HCN <c>MacRange</c>).</summary>
public sealed class MacRange : HcsDocument
{
    /// <summary>The first address, such as 00-15-5D-52-C0-00.</summary>
    public string? StartMacAddress { get; set; }

    /// <summary>The last address.</summary>
    public string? EndMacAddress { get; set; }
}
