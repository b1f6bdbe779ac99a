using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace HcsPowerShell.Report;

/// <summary>A plot as an SVG element: lines over time, and a mark where something happened.</summary>
internal sealed class Plot(
    string title,
    IReadOnlyList<PlotLine> lines,
    double top,
    Func<double?, string> label,
    (DateTimeOffset From, DateTimeOffset To) span)
{
    private const int Width = 480;
    private const int Height = 180;
    private const int Left = 72;
    private const int Right = 12;
    private const int Upper = 10;
    private const int Lower = 24;
    private const int Quarters = 4;

    public IReadOnlyList<ReportEvent> Marks { get; init; } = [];

    public override string ToString()
    {
        var figure = new StringBuilder("<figure><figcaption>").Append(Html(title));
        foreach ((PlotLine line, int number) in Numbered)
        {
            figure.Append($" <span class=\"key l{number}\">{Html(line.Name)}</span>");
        }

        figure.Append(Marks.Count > 0 ? " <span class=\"key event\">event</span></figcaption>" : "</figcaption>");
        if (lines.All(line => line.Highest is null))
        {
            return figure.Append("<p class=\"none\">Not reported.</p></figure>\n").ToString();
        }

        figure.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"><title>{Html(title)}</title>\n");
        Grid(figure);
        foreach (ReportEvent mark in Marks)
        {
            string x = X(mark.Time);
            figure.Append($"<line class=\"mark\" x1=\"{x}\" x2=\"{x}\" y1=\"{Upper}\" y2=\"{Height - Lower}\">")
                .Append($"<title>{Html(mark.Type)} {Clock(mark.Time)}</title></line>\n");
        }

        foreach ((PlotLine line, int number) in Numbered)
        {
            Draw(figure, line, number);
        }

        return figure.Append("</svg></figure>\n").ToString();
    }

    private IEnumerable<(PlotLine Line, int Number)> Numbered => lines.Select((line, i) => (line, i + 1));

    private void Grid(StringBuilder svg)
    {
        for (int quarter = 0; quarter <= Quarters; quarter++)
        {
            double value = top * quarter / Quarters;
            string y = Y(value);
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/>")
                .Append($"<text class=\"y\" x=\"{Left - 6}\" y=\"{y}\">{Html(label(value))}</text>\n");
        }

        svg.Append($"<text x=\"{Left}\" y=\"{Height - 6}\">{Clock(span.From)}</text>")
            .Append($"<text class=\"end\" x=\"{Width - Right}\" y=\"{Height - 6}\">{Clock(span.To)}</text>\n");
    }

    private void Draw(StringBuilder svg, PlotLine line, int number)
    {
        List<string> run = [];
        foreach ((DateTimeOffset time, double? value) in line.Points.Append((span.To, null)))
        {
            if (value is { } known)
            {
                run.Add($"{X(time)},{Y(known)}");
                continue;
            }

            if (run.Count == 1)
            {
                string[] point = run[0].Split(',');
                svg.Append($"<circle class=\"l{number}\" cx=\"{point[0]}\" cy=\"{point[1]}\" r=\"2.5\"/>\n");
            }
            else if (run.Count > 1)
            {
                svg.Append($"<polyline class=\"l{number}\" points=\"{string.Join(" ", run)}\"/>\n");
            }

            run.Clear();
        }
    }

    private string X(DateTimeOffset time)
    {
        double whole = (span.To - span.From).TotalSeconds;
        double share = whole > 0 ? Math.Min(Math.Max((time - span.From).TotalSeconds / whole, 0), 1) : 0.5;
        return Number(Left + share * (Width - Left - Right));
    }

    private string Y(double value) => Number(Height - Lower - value / top * (Height - Upper - Lower));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
