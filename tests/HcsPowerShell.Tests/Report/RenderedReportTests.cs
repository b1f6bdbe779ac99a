using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Report;

/// <summary>Tests the page of Export-HcsReport in the layout of a browser, in a wide and in a narrow window.</summary>
public sealed class RenderedReportTests(Session session) : SessionTests(session)
{
    private const string Run =
        """
        $events = Watch-HcsEvent $c -AsJob
        $samples = Get-HcsStatistics $c -Continuous -SampleCount 4 -IntervalSec 0.05 -TimeoutSec 60
        Suspend-HcsContainer $c; Resume-HcsContainer $c
        while ($events.ChildJobs[0].Output.Count -lt 2) { }
        @($samples) + @(Receive-Job $events) | Export-HcsReport $file
        Stop-Job $events; Remove-Job $events
        """;

    private readonly TemporaryFolder _folder = new();

    protected override void Disposed() => _folder.Dispose();

    [Theory]
    [InlineData(1280)]
    [InlineData(500)]
    public async Task Every_plot_is_drawn_within_its_frame_and_every_label_can_be_read(int width)
    {
        string file = Path.Combine(_folder.Path, "report.html");
        Session.Get(Run, ("c", (object)Session.NewRunning()), ("file", file));
        string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        int lines = Regex.Count(page, "<polyline");
        Assert.InRange(lines, 2, int.MaxValue);
        Assert.Contains("class=\"mark\"", page, StringComparison.Ordinal);
        string probed = _folder.Write("probed.html", page.Replace("</body>", LayoutProbe.Script + "</body>", StringComparison.Ordinal));
        string document = await Chromium.Render(
            probed, width, Path.Combine(_folder.Path, "profile"), TestContext.Current.CancellationToken);
        Assert.Equal(string.Empty, Answer(document, "faults"));
        Assert.Equal(lines.ToString(System.Globalization.CultureInfo.InvariantCulture), Answer(document, "drawn"));
    }

    private static string Answer(string document, string name)
    {
        Match answer = Regex.Match(document, $"<body[^>]* data-{name}=\"([^\"]*)\"");
        Assert.True(answer.Success, $"The browser gave no {name}: {document[..Math.Min(document.Length, 2000)]}");
        return WebUtility.HtmlDecode(answer.Groups[1].Value);
    }
}
