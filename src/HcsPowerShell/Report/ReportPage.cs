using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace HcsPowerShell.Report;

/// <summary>A self-contained HTML page, without scripts and without external resources.</summary>
internal sealed class ReportPage(string title, IReadOnlyList<ReportSample> samples, IReadOnlyList<ReportEvent> events)
{
    private readonly ReportPlace[] _places =
        [.. samples.Select(s => s.Place).Concat(events.Select(e => e.Place)).Distinct()];

    public override string ToString()
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append($"<title>{Html(title)}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n")
            .Append($"<h1>{Html(title)}</h1>\n");
        DateTimeOffset[] times = [.. samples.Select(s => s.Time).Concat(events.Select(e => e.Time))];
        if (times.Length == 0)
        {
            page.Append("<p class=\"none\">There were no samples and no events.</p>\n");
        }
        else
        {
            (DateTimeOffset, DateTimeOffset) span = (times.Min(), times.Max());
            page.Append($"<p class=\"sub\">{Moment(span.Item1)} to {Moment(span.Item2)}{Computer}</p>\n");
            Containers(page, span);
            Events(page);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private void Containers(StringBuilder page, (DateTimeOffset, DateTimeOffset) span)
    {
        ReportContainer[] containers =
        [
            .. samples.GroupBy(s => (Id: s.ContainerId.ToUpperInvariant(), s.Place))
                .OrderBy(own => own.Key.Id, StringComparer.Ordinal)
                .ThenBy(own => own.Key.Place.ToString(), StringComparer.Ordinal)
                .Select(own => new ReportContainer(own.First().ContainerId, own.Key.Place, Title(own.First()), own)),
        ];
        if (containers.Length > 0)
        {
            page.Append("<div class=\"scroll\"><table>\n").Append(ReportContainer.SummaryHead)
                .Append(string.Concat(containers.Select(c => c.SummaryRow))).Append("</table></div>\n")
                .Append(string.Concat(containers.Select(c => c.Section(span, events))));
        }
    }

    private void Events(StringBuilder page)
    {
        if (events.Count == 0)
        {
            return;
        }

        page.Append("<h2>Events</h2>\n<div class=\"scroll\"><table>\n")
            .Append("<tr><th>Time</th><th>Container</th><th>Event</th><th class=\"n\">Process id</th><th>Document</th></tr>\n");
        foreach (ReportEvent e in events.OrderBy(e => e.Time))
        {
            page.Append($"<tr><td class=\"one\">{Moment(e.Time)}</td><td>{Html(Title(e.ContainerId, e.Place))}</td><td class=\"one\">{Html(e.Type)}</td>")
                .Append($"<td class=\"n\">{Html(e.ProcessId)}</td><td><code>{Html(e.Document)}</code></td></tr>\n");
        }

        page.Append("</table></div>\n");
    }

    // The page names a single computer once; with several, each container names its own.
    private string Computer =>
        _places.Length == 1 && _places[0].Computer is { } name ? $", computer {Html(name)}" : string.Empty;

    private string Title(ReportSample sample) => Title(sample.ContainerId, sample.Place);

    private string Title(string id, ReportPlace place) => _places.Length > 1 ? $"{id} on {place}" : id;

    private static string Moment(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Html(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);
}
