using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Network;

/// <summary>The counters of the interfaces a process sees, by /proc/PID/net/dev.</summary>
internal static class NetworkCounters
{
    private const int Columns = 16;

    private static readonly char[] s_separators = [' ', ':'];

    /// <summary>Each interface but the loopback; null when there is no other.</summary>
    public static NetworkStats[]? Read(ProcReader reader, int processId)
    {
        if (!reader.TryRead(processId, "net/dev", out ReadOnlySpan<byte> content))
        {
            return null;
        }

        NetworkStats[] interfaces = [.. Parse(Encoding.UTF8.GetString(content.ToArray()))];
        return interfaces.Length == 0 ? null : interfaces;
    }

    // Two lines of heads; then NAME: 8 columns of what came in, 8 of what went out.
    internal static IEnumerable<NetworkStats> Parse(string content) => content.Split('\n')
        .Skip(2)
        .Select(line => line.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > Columns && fields[0] != "lo")
        .Select(fields => new NetworkStats
        {
            EndpointId = fields[0],
            BytesReceived = Number(fields[1]),
            PacketsReceived = Number(fields[2]),
            DroppedPacketsIncoming = Number(fields[4]),
            BytesSent = Number(fields[9]),
            PacketsSent = Number(fields[10]),
            DroppedPacketsOutgoing = Number(fields[12]),
        });

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
