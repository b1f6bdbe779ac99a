using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Report;

/// <summary>Tests that every number of a report comes from its own counter.</summary>
public sealed class ReportValueTests(Session session) : SessionTests(session)
{
    private const string Samples = """
        function Sample($second, $cpu, $commit, $read, $written, $received, $sent) {
            $o = [pscustomobject]@{
                ContainerId = 'web'; Timestamp = [DateTimeOffset]"2026-03-04T05:06:0${second}Z"; CpuPercent = $cpu
                MemoryUsageCommitBytes = $commit; MemoryUsagePrivateWorkingSetBytes = 1
                ReadBytesPerSec = $read; WriteBytesPerSec = $written
                Network = @([pscustomobject]@{ BytesReceived = $received; BytesSent = $sent })
            }
            $o.PSObject.TypeNames.Insert(0, 'Deserialized.HcsPowerShell.HcsStatistics')
            $o
        }
        @(
            Sample 1 10.0 3MB 4KB 5KB BEFORE BEFORE
            Sample 2 40.0 2MB 6KB 7KB RECEIVED SENT
        ) | Export-HcsReport -Path $file
        """;

    private readonly TemporaryFolder _folder = new();

    protected override void Disposed() => _folder.Dispose();

    [Fact]
    public void The_summary_has_each_counter_in_its_column()
    {
        string page = Page(0, 0);
        string[] heads = [.. Cells(page, "th").Take(7)];
        Dictionary<string, string> row = heads.Zip(Cells(page, "td")).ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Container"] = "web", ["Samples"] = "2", ["CPU, mean"] = "25.0 %", ["CPU, highest"] = "40.0 %",
                ["Memory, highest"] = "3.0 MB", ["Read, highest"] = "6.0 KB/s", ["Written, highest"] = "7.0 KB/s",
            },
            row);
    }

    /// <summary>
    /// The highest label of the axis tells which direction was drawn; the flat line belongs to the one that has not
    /// grown.
    /// </summary>
    [Theory]
    [InlineData(1024, 0, "l1", "l2")]
    [InlineData(0, 1024, "l2", "l1")]
    public void The_plot_of_the_network_has_each_direction_in_its_line(int received, int sent, string grown, string still)
    {
        string network = Regex.Match(Page(received, sent), "<figcaption>Network.*?</figure>", RegexOptions.Singleline).Value;
        Assert.Contains("l1\">received<", network, StringComparison.Ordinal);
        Assert.Contains("l2\">sent<", network, StringComparison.Ordinal);
        Assert.Contains(">1.0 KB/s<", network, StringComparison.Ordinal);
        Assert.NotEqual(Height(network, grown), Height(network, still));
        Assert.Equal("10", Height(network, grown));
    }

    /// <summary>A counter goes backwards if its container was replaced.</summary>
    [Fact]
    public void A_counter_that_went_backwards_is_a_gap()
    {
        string network = Regex.Match(Page(1024, 4096, 2048), "<figcaption>Network.*?</figure>", RegexOptions.Singleline).Value;
        Assert.Equal(string.Empty, Height(network, "l1"));
        Assert.NotEqual(string.Empty, Height(network, "l2"));
    }

    private static string Height(string figure, string line) =>
        Regex.Match(figure, $"<circle class=\"{line}\" cx=\"[^\"]*\" cy=\"([^\"]*)\"").Groups[1].Value;

    private static IEnumerable<string> Cells(string page, string element) =>
        Regex.Matches(page, $"<{element}[^>]*>(.*?)</{element}>").Select(cell => cell.Groups[1].Value);

    private string Page(int received, int sent, int before = 0)
    {
        string file = Path.Combine(_folder.Path, "report.html");
        Session.Get(
            Samples.Replace("RECEIVED", $"{received}", StringComparison.Ordinal)
                .Replace("SENT", $"{sent}", StringComparison.Ordinal)
                .Replace("BEFORE", $"{before}", StringComparison.Ordinal),
            ("file", file));
        return File.ReadAllText(file);
    }
}
