using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsStatisticsTests(Session session) : SessionTests(session)
{
    private const string Busy = "while :; do :; done";

    [Fact]
    public void A_sample_tells_what_the_container_has_used()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sh", "-c", Busy);
        Poll.Until(
            () => (TimeSpan?)Session.Single("$c | Get-HcsStatistics", ("c", (object)container)).TotalRuntime > TimeSpan.FromSeconds(0.2),
            "processor time");
        dynamic sample = Session.Single("Get-HcsStatistics $c.Id");
        Assert.Equal((string)container.Id, (string)sample.ContainerId);
        Assert.InRange((TimeSpan)sample.Uptime, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5));
        Assert.InRange((DateTimeOffset)sample.Timestamp, DateTimeOffset.Now.AddMinutes(-1), DateTimeOffset.Now.AddSeconds(1));
        Assert.Equal((TimeSpan)sample.Uptime, (DateTimeOffset)sample.Timestamp - (DateTimeOffset)sample.ContainerStartTime);
        Assert.True((ulong)sample.MemoryUsageCommitBytes > 0);
        Assert.True((ulong)sample.MemoryUsageCommitPeakBytes >= (ulong)sample.MemoryUsageCommitBytes);
        Assert.Null((double?)sample.CpuPercent);
        Assert.Contains("\"Processor\":", Session.DocumentOf((object)sample), StringComparison.Ordinal);
        Session.Get("Stop-HcsContainer $c -Force");
    }

    [Fact]
    public void Continuous_gives_rates_since_the_sample_before()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sh", "-c", Busy);
        dynamic[] samples = [.. Session.Get(
            "$c | Get-HcsStatistics -Continuous -SampleCount 2 -IntervalSec 0.5", ("c", container)).Select(s => s.BaseObject)];
        Assert.Equal(2, samples.Length);
        Assert.Null((double?)samples[0].CpuPercent);
        Assert.InRange((double)samples[1].CpuPercent, 0.1, 400);
        Assert.NotNull((double?)samples[1].ReadBytesPerSec);
        Assert.NotNull((double?)samples[1].WriteBytesPerSec);
        Assert.True((DateTimeOffset)samples[1].Timestamp >= (DateTimeOffset)samples[0].Timestamp + TimeSpan.FromSeconds(0.4));
        Session.Get("Stop-HcsContainer $c -Force");
    }

    [Fact]
    public void An_idle_container_uses_nothing()
    {
        dynamic container = Session.NewRunning();
        Session.StartProcess(container, "sleep", "100");
        dynamic last = Session.Get("Get-HcsStatistics $c -Continuous -SampleCount 2 -IntervalSec 0.3", ("c", container))[1].BaseObject;
        Assert.InRange((double)last.CpuPercent, 0, 20);
    }

    [Fact]
    public void What_the_service_does_not_tell_is_null_and_never_0()
    {
        Assert.SkipUnless((string)Session.Single("Get-HcsHost").Isolation == "Process", "This isolation may know it.");
        dynamic sample = Session.Single("Get-HcsStatistics $c", ("c", (object)Session.NewRunning()));
        Assert.Empty((System.Collections.IEnumerable)sample.Network);
        Assert.DoesNotContain("null", Session.DocumentOf((object)sample), StringComparison.Ordinal);
    }

    [Fact]
    public void Continuous_ends_with_the_container()
    {
        dynamic container = Session.NewRunning();
        using RunningScript sampling = Session.Begin("Get-HcsStatistics $c -Continuous -IntervalSec 0.1", ("c", container));
        sampling.WaitForOutput(2);
        using var other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c -Force", ("c", container));
        sampling.Wait();
        Assert.Empty(sampling.Errors);
    }

    [Fact]
    public void A_container_that_does_not_run_has_none_and_the_others_are_sampled()
    {
        dynamic created = Session.NewContainer();
        dynamic running = Session.NewRunning();
        foreach (string how in new[] { string.Empty, " -Continuous -SampleCount 1" })
        {
            ScriptResult result = Session.Run("$a, $b | Get-HcsStatistics" + how, ("a", created), ("b", running));
            result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
            Assert.Equal((string)running.Id, (string)((dynamic)Assert.Single(result.Output).BaseObject).ContainerId);
        }
    }

    [Fact]
    public void It_samples_all_that_match_a_pattern()
    {
        string prefix = Session.NewId();
        Session.Get("1..2 | ForEach-Object { New-HcsContainer \"$p-$_\" -Start }", ("p", prefix));
        Assert.Equal(2, Session.Get("Get-HcsStatistic \"$p-*\"").Count);
        Assert.Equal(4, Session.Get("Get-HcsStatistics \"$p-*\" -Continuous -SampleCount 2 -IntervalSec 0.05").Count);
    }

    [Fact]
    public void AsJob_samples_in_the_background()
    {
        Assert.Equal(2, Session.Get(
            "Get-HcsStatistics $c -Continuous -SampleCount 2 -IntervalSec 0.05 -AsJob | Wait-Job | Receive-Job",
            ("c", (object)Session.NewRunning())).Count);
    }
}
