using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Reads the counters of the interfaces that a process sees, from /proc/PID/net/dev.</summary>
internal static class NetworkCounters
{
    private const int HeadLines = 2;
    private const int Columns = 16;

    /// <summary>Reads the counters of each interface except the loopback; null when there is no other.</summary>
    public static NetworkStats[]? Read(ProcReader reader, int processId) =>
        reader.TryRead(processId, "net/dev", out ReadOnlySpan<byte> content) && Parse(content) is { Count: > 0 } interfaces
            ? [.. interfaces]
            : null;

    internal static IReadOnlyList<NetworkStats> Parse(ReadOnlySpan<byte> content)
    {
        List<NetworkStats> interfaces = [];
        for (int line = 0; !content.IsEmpty; line++)
        {
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = end < 0 ? content : content.Slice(0, end);
            content = end < 0 ? default : content.Slice(end + 1);
            if (line >= HeadLines && ParseLine(text) is { } counters)
            {
                interfaces.Add(counters);
            }
        }

        return interfaces;
    }

    // NAME: 8 columns for received traffic, then 8 for sent traffic.
    private static NetworkStats? ParseLine(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = SkipBlanks(line.Slice(0, Math.Max(0, colon)));
        if (name.IsEmpty || name.SequenceEqual("lo"u8))
        {
            return null;
        }

        Span<ulong> columns = stackalloc ulong[Columns];
        line = line.Slice(colon + 1);
        for (int i = 0; i < Columns; i++)
        {
            line = SkipBlanks(line);
            if (!Utf8Parser.TryParse(line, out columns[i], out int length))
            {
                return null;
            }

            line = line.Slice(length);
        }

        return new NetworkStats
        {
            EndpointId = Encoding.UTF8.GetString(name.ToArray()),
            BytesReceived = columns[0],
            PacketsReceived = columns[1],
            DroppedPacketsIncoming = columns[3],
            BytesSent = columns[8],
            PacketsSent = columns[9],
            DroppedPacketsOutgoing = columns[11],
        };
    }

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] == (byte)' ')
        {
            text = text.Slice(1);
        }

        return text;
    }
}
