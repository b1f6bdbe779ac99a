using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ExportHcsReportTests : SessionTests
{
    private const string Sample = "Get-HcsStatistics $c -Continuous -SampleCount 3 -IntervalSec 0.05";

    private readonly TemporaryFolder _folder = new();

    public ExportHcsReportTests(Session session)
        : base(session) => Session.Runspace.SessionStateProxy.SetVariable("file", Report);

    private string Report => Path.Combine(_folder.Path, "report.html");

    protected override void Disposed() => _folder.Dispose();

    [Fact]
    public void Each_container_has_its_plots_and_each_event_its_row()
    {
        dynamic web = Session.NewRunning();
        dynamic db = Session.NewRunning();
        Session.Get(
            """
            $events = Watch-HcsEvent $a -AsJob
            Suspend-HcsContainer $a; Resume-HcsContainer $a
            while ($events.ChildJobs[0].Output.Count -lt 2) { }
            $samples = Get-HcsStatistics $a, $b -Continuous -SampleCount 3 -IntervalSec 0.05
            $got = Receive-Job $events; Stop-Job $events; Remove-Job $events
            @($samples) + $got | Export-HcsReport $file -Title 'A & B'
            """,
            ("a", (object)web),
            ("b", (object)db));
        XElement page = Read();
        Assert.Equal("A & B", page.Element("head")!.Element("title")!.Value);
        Assert.Equal(
            new[] { (string)web.Id, (string)db.Id }.Order().Append("Events"), page.Descendants("h2").Select(h => h.Value));
        Assert.Equal(8, page.Descendants("figure").Count());
        Assert.NotEmpty(page.Descendants("polyline"));
        string[] cells = [.. page.Descendants("td").Select(cell => cell.Value)];
        Assert.All(new[] { "SystemPaused", "SystemResumed", (string)web.Id }, text => Assert.Contains(text, cells));
        Assert.Contains("SystemPaused", page.Descendants("line").Select(mark => mark.Value.Split(' ')[0]));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"x' onload='y")]
    [InlineData("a&amp;b")]
    public void Text_stays_text(string id)
    {
        using var own = new Session();
        own.Get($"$c = New-HcsContainer $id -Start; {Sample} | Export-HcsReport $file -Title $id", ("id", id), ("file", Report));
        Assert.DoesNotContain("<script", File.ReadAllText(Report), StringComparison.OrdinalIgnoreCase);
        XElement page = Read();
        Assert.Equal([id, id, id, id], page.Descendants().Where(e => e.Value == id && !e.HasElements).Select(e => e.Value));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void It_needs_nothing_from_elsewhere()
    {
        Session.Get(Sample + " | Export-HcsReport $file", ("c", (object)Session.NewRunning()));
        Assert.DoesNotContain(
            Read().Descendants().Attributes(), a => a.Name.LocalName is "src" or "href" || a.Value.Contains("//", StringComparison.Ordinal));
        Assert.All(new[] { "url(", "@import", "http" }, text =>
            Assert.DoesNotContain(text, File.ReadAllText(Report), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Deserialized_samples_are_as_good()
    {
        string script = $"$s = {Sample}; $s | Export-HcsReport $file; $live = [IO.File]::ReadAllText($file);"
            + " [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($s))"
            + " | Export-HcsReport $file; $live";
        Assert.Equal((string)Session.Single(script, ("c", (object)Session.NewRunning())), File.ReadAllText(Report));
    }

    [Fact]
    public void Containers_of_one_id_on_two_hosts_are_kept_apart_and_say_where_they_are()
    {
        string id = Session.NewRunning().Id;
        using var other = new Session();
        PSObject[] samples =
        [
            .. other.Get($"$c = New-HcsContainer $id -Start; {Sample}", ("id", id)),
            .. Session.Get(Sample, ("c", id)),
        ];
        Session.Get("$s | Export-HcsReport $file", ("s", samples));
        Assert.Equal(
            new[] { Session.HostName, other.HostName }.Order().Select(host => $"{id} on {Environment.MachineName}, host {host}"),
            Read().Descendants("h2").Select(h => h.Value));
    }

    [Fact]
    public void One_computer_is_named_once()
    {
        Session.Get(Sample + " | Export-HcsReport $file", ("c", (object)Session.NewRunning()));
        Assert.EndsWith($", computer {Environment.MachineName}", Read().Descendants("p").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_sample_is_one_error_and_the_rest_is_reported()
    {
        ScriptResult result = Session.Run(
            $"@('text'; {Sample}) | Export-HcsReport $file -PassThru", ("c", (object)Session.NewRunning()));
        result.RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        Assert.Equal(Report, ((FileInfo)Assert.Single(result.Output).BaseObject).FullName);
        Assert.Equal(4, Read().Descendants("figure").Count());
    }

    [Fact]
    public void Null_is_passed_over()
    {
        Session.Get($"@({Sample}) + $null | Export-HcsReport $file", ("c", (object)Session.NewRunning()));
        Assert.Equal(4, Read().Descendants("figure").Count());
    }

    [Fact]
    public void Nothing_is_a_page_too()
    {
        Session.Get("Get-HcsContainer -Name no-such | Get-HcsStatistics | Export-HcsReport $file");
        Assert.Contains("no samples", Read().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_overwritten_unless_NoClobber_or_read_only()
    {
        const string Export = "Get-HcsContainer -Name no-such | Export-HcsReport $file";
        _folder.Write("report.html", "before");
        foreach (string how in new[] { " -NoClobber", " -WhatIf" })
        {
            Session.Run(Export + how);
            Assert.Equal("before", File.ReadAllText(Report));
        }

        Session.Run(Export + " -NoClobber").RequireError("HcsFileNotWritable", ErrorCategory.WriteError);
        File.SetAttributes(Report, FileAttributes.ReadOnly);
        Session.Get(Export + " -Force");
        Assert.True(File.GetAttributes(Report).HasFlag(FileAttributes.ReadOnly));
        File.SetAttributes(Report, FileAttributes.Normal);
        Session.Get(Export);
        Read();
    }

    [Theory]
    [InlineData("$file/no/such/folder.html")]
    [InlineData("env:report")]
    public void A_path_that_cannot_be_written_is_refused_before_anything_is_taken(string path)
    {
        ScriptResult result = Session.Run($"1..3 | ForEach-Object {{ $taken = $true }} | Export-HcsReport \"{path}\"; if ($taken) {{ 'taken' }}");
        result.RequireError("HcsFileNotWritable", ErrorCategory.WriteError);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_literal_path_is_taken_as_it_is()
    {
        string file = Path.Combine(_folder.Path, "a[1].html");
        Session.Get("Get-HcsContainer -Name no-such | Export-HcsReport -LiteralPath $f", ("f", file));
        Assert.True(File.Exists(file));
    }

    // XML is stricter than a browser: every element must be closed and every text encoded.
    private XElement Read() => XElement.Parse(
        File.ReadAllText(Report).Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal)
            .Replace("<meta charset=\"utf-8\">", string.Empty, StringComparison.Ordinal)
            .Replace("initial-scale=1\">", "initial-scale=1\"/>", StringComparison.Ordinal));
}
