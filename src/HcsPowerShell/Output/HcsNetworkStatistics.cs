using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>Counters of one network endpoint. A counter that the service did not report is null.</summary>
public sealed class HcsNetworkStatistics
{
    internal HcsNetworkStatistics(NetworkStats sample)
    {
        EndpointId = VisibleText.OfName(sample.EndpointId);
        InstanceId = VisibleText.OfName(sample.InstanceId);
        BytesReceived = sample.BytesReceived;
        BytesSent = sample.BytesSent;
        PacketsReceived = sample.PacketsReceived;
        PacketsSent = sample.PacketsSent;
        DroppedPacketsIncoming = sample.DroppedPacketsIncoming;
        DroppedPacketsOutgoing = sample.DroppedPacketsOutgoing;
    }

    /// <summary>The id of the endpoint.</summary>
    public string? EndpointId { get; }

    /// <summary>The id of the endpoint's instance.</summary>
    public string? InstanceId { get; }

    /// <summary>Bytes received.</summary>
    public ulong? BytesReceived { get; }

    /// <summary>Bytes sent.</summary>
    public ulong? BytesSent { get; }

    /// <summary>Packets received.</summary>
    public ulong? PacketsReceived { get; }

    /// <summary>Packets sent.</summary>
    public ulong? PacketsSent { get; }

    /// <summary>Incoming packets dropped.</summary>
    public ulong? DroppedPacketsIncoming { get; }

    /// <summary>Outgoing packets dropped.</summary>
    public ulong? DroppedPacketsOutgoing { get; }

    /// <inheritdoc/>
    public override string ToString() => EndpointId ?? string.Empty;
}
