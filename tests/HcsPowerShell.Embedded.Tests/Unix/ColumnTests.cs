using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>
/// Tests that each number of a /proc file gets to the right member: every column holds a different number.
/// </summary>
public sealed class ColumnTests
{
    [Fact]
    public void Reads_and_writes_of_a_process() => Assert.Equal(
        new ProcIo(ReadCount: 103, ReadBytes: 105, WriteCount: 104, WriteBytes: 106),
        ProcIo.Parse("rchar: 101\nwchar: 102\nsyscr: 103\nsyscw: 104\nread_bytes: 105\nwrite_bytes: 106\ncancelled_write_bytes: 107\n"u8));

    [Theory]
    [InlineData("syscr")]
    [InlineData("syscw")]
    [InlineData("read_bytes")]
    [InlineData("write_bytes")]
    public void A_missing_line_makes_them_unknown(string missing)
    {
        string[] lines = ["syscr", "syscw", "read_bytes", "write_bytes"];
        Assert.Null(ProcIo.Parse(Encoding.ASCII.GetBytes(
            string.Concat(lines.Where(line => line != missing).Select(line => line + ": 1\n")))));
    }

    [Fact]
    public void Memory_of_a_process_in_bytes()
    {
        const ulong KiB = 1024;
        ProcMemory? memory = ProcMemory.Parse(
            "VmPeak:\t 900 kB\nVmHWM:\t 700 kB\nVmRSS:\t 600 kB\nRssAnon:\t 101 kB\nRssFile:\t 202 kB\nRssShmem:\t 37 kB\nVmSwap:\t 40 kB\n"u8);
        Assert.Equal(
            new ProcMemory(
                CommitBytes: (101 + 40) * KiB,
                PeakBytes: (700 - 202 - 37) * KiB,
                PrivateBytes: 101 * KiB,
                SharedBytes: (202 + 37) * KiB),
            memory);
    }

    [Theory]
    [InlineData("RssAnon: 1 kB")]
    [InlineData("RssFile: 1 kB")]
    [InlineData("")]
    public void A_process_without_memory_has_no_numbers(string lines) =>
        Assert.Null(ProcMemory.Parse(Encoding.ASCII.GetBytes(lines)));

    [Fact]
    public void Counters_of_a_network_interface()
    {
        const string Table = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:     901     902    903    904    905     906        907       908     909     910    911    912    913     914       915          916
              eth0:     101     102    103    104    105     106        107       108     109     110    111    112    113     114       115          116

            """;
        NetworkStats counters = Assert.Single(NetworkCounters.Parse(Encoding.ASCII.GetBytes(Table)));
        Assert.Equal("eth0", counters.EndpointId);
        Assert.Equal((101ul, 102ul, 104ul), (counters.BytesReceived, counters.PacketsReceived, counters.DroppedPacketsIncoming));
        Assert.Equal((109ul, 110ul, 112ul), (counters.BytesSent, counters.PacketsSent, counters.DroppedPacketsOutgoing));
    }
}
