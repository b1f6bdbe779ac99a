using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests the command without a terminal; the tests in the folder Terminal run it at one.</summary>
public sealed class ShowHcsStatisticsTests(Session session) : SessionTests(session)
{
    private const string Frames = " -InformationVariable frames; $frames | ForEach-Object { $_.MessageData.ToString() }";

    [Fact]
    public void Without_a_terminal_a_table_follows_each_sample()
    {
        dynamic a = Session.NewRunning();
        dynamic b = Session.NewRunning();
        IReadOnlyList<PSObject> frames = Session.Get(
            "Show-HcsStatistics $a, $b -SampleCount 3 -IntervalSec 0.05" + Frames, ("a", (object)a), ("b", (object)b));
        Assert.Equal(3, frames.Count);
        Assert.All(frames, frame =>
        {
            string[] lines = Lines(frame);
            Assert.Equal(3, lines.Length);
            Assert.StartsWith("CONTAINER", lines[0], StringComparison.Ordinal);
            Assert.StartsWith((string)a.Id, lines[1], StringComparison.Ordinal);
            Assert.StartsWith((string)b.Id, lines[2], StringComparison.Ordinal);
            Assert.DoesNotContain("\e", frame.ToString(), StringComparison.Ordinal);
        });
        Assert.Contains(" - ", Lines(frames[0])[1], StringComparison.Ordinal);
        Assert.Contains(" %", Lines(frames[2])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_gives_no_objects() =>
        Assert.Empty(Session.Get("Show-HcsStatistics $c -SampleCount 1", ("c", (object)Session.NewRunning())));

    [Fact]
    public void It_ends_when_all_have_exited()
    {
        dynamic first = Session.NewRunning();
        dynamic second = Session.NewRunning();
        using RunningScript showing = Session.Begin(
            "Show-HcsStatistics $a, $b -IntervalSec 0.05 6>&1 | ForEach-Object { $_.MessageData.ToString() }",
            ("a", (object)first), ("b", (object)second));
        showing.WaitForOutput(1);
        using var other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c -Force", ("c", (object)first));
        Poll.Until(() => Lines(showing.Output[^1])[1].EndsWith("exited", StringComparison.Ordinal), "the first's exit");
        Assert.False(showing.HasEnded);
        other.Get("Stop-HcsContainer $c -Force", ("c", (object)second));
        showing.Wait();
        Assert.Empty(showing.Errors);
        Assert.All(Lines(showing.Output[^1])[1..], line => Assert.EndsWith("exited", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_container_that_does_not_run_is_one_error_and_the_others_are_shown()
    {
        string running = Session.NewRunning().Id;
        ScriptResult result = Session.Run(
            "Show-HcsStatistics $a, $b -SampleCount 2 -IntervalSec 0.05" + Frames, ("a", Session.NewContainer().Id), ("b", running));
        result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, frame => Assert.StartsWith(running, Assert.Single(Lines(frame)[1..]), StringComparison.Ordinal));
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using RunningScript showing = Session.Begin(
            "Show-HcsStatistics $c -IntervalSec 3600 6>&1", ("c", (object)Session.NewRunning()));
        showing.WaitForOutput(1);
        showing.Stop();
        Assert.True(showing.HasEnded);
    }

    private static string[] Lines(PSObject frame) =>
        frame.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
