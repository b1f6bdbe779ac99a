using System;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The interfaces that a process sees, by name.</summary>
internal static class EndpointCounters
{
    private const string File = "net/dev";

    /// <summary>
    /// Reads the counters of an endpoint at the end of its pair that the host has: what comes in there, goes out of the
    /// container. An endpoint that is not attached has no counters.
    /// </summary>
    public static NetworkStats Read(HostEndpoint endpoint)
    {
        ProcReader reader = new();
        NetworkStats? outside = reader.TryRead("/proc/thread-self/" + File, out ReadOnlySpan<byte> content)
            ? NetworkCounters.Parse(content).FirstOrDefault(counters => counters.EndpointId == endpoint.Pair)
            : null;
        return new NetworkStats
        {
            EndpointId = HostComputeObject.IdText(endpoint.Id),
            BytesReceived = outside?.BytesSent,
            BytesSent = outside?.BytesReceived,
            PacketsReceived = outside?.PacketsSent,
            PacketsSent = outside?.PacketsReceived,
            DroppedPacketsIncoming = outside?.DroppedPacketsOutgoing,
            DroppedPacketsOutgoing = outside?.DroppedPacketsIncoming,
        };
    }

    /// <summary>The first of eth0, eth1 and so on that no interface of the process has.</summary>
    public static string FreeName(int processId)
    {
        ProcReader reader = new();
        string?[] taken = reader.TryRead(processId, File, out ReadOnlySpan<byte> content)
            ? [.. NetworkCounters.Parse(content).Select(counters => counters.EndpointId)]
            : [];
        int number = 0;
        while (taken.Contains(Name(number)))
        {
            number++;
        }

        return Name(number);
    }

    private static string Name(int number) => "eth" + number.ToString(CultureInfo.InvariantCulture);
}
