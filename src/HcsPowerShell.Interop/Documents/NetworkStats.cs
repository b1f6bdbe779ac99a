namespace HcsPowerShell.Interop.Documents;

/// <summary>Counters of one network endpoint (hcsshim <c>NetworkStats</c>).</summary>
public sealed class NetworkStats : HcsDocument
{
    /// <summary>Bytes received.</summary>
    public ulong? BytesReceived { get; set; }

    /// <summary>Bytes sent.</summary>
    public ulong? BytesSent { get; set; }

    /// <summary>Packets received.</summary>
    public ulong? PacketsReceived { get; set; }

    /// <summary>Packets sent.</summary>
    public ulong? PacketsSent { get; set; }

    /// <summary>Incoming packets dropped.</summary>
    public ulong? DroppedPacketsIncoming { get; set; }

    /// <summary>Outgoing packets dropped.</summary>
    public ulong? DroppedPacketsOutgoing { get; set; }

    /// <summary>Guid of the endpoint.</summary>
    public string? EndpointId { get; set; }

    /// <summary>Guid of the instance.</summary>
    public string? InstanceId { get; set; }
}
