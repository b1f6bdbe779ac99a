using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests the rates that are computed from two samples.</summary>
public sealed class RateTests(Session session) : SessionTests(session)
{
    private const string Before = """
        {"Statistics":{"Timestamp":"2026-08-25T23:59:58Z","Processor":{"TotalRuntime100ns":10000000},
         "Storage":{"ReadSizeBytes":1000,"WriteSizeBytes":5000}}}
        """;

    [Fact]
    public void A_rate_is_the_growth_of_its_own_counter_over_the_time_between()
    {
        object second = Second(Sample(4, 40_000_000, 1028, 5044));
        Assert.Equal([75, 7, 11], Rates(second));
    }

    [Theory]
    [InlineData(4, 40_000_000UL, 999UL, 5044UL, 75.0, null, 11.0)]
    [InlineData(4, 40_000_000UL, 1028UL, 4999UL, 75.0, 7.0, null)]
    [InlineData(0, 40_000_000UL, 1028UL, 5044UL, null, null, null)]
    public void There_is_no_rate_where_a_counter_went_backwards_or_no_time_has_passed(
        int seconds, ulong runtime, ulong read, ulong written, double? cpu, double? reading, double? writing) =>
        Assert.Equal([cpu, reading, writing], Rates(Second(Sample(seconds, runtime, read, written))));

    [Fact]
    public void A_live_table_shows_reading_and_writing_together()
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.Properties = Sample(4, 40_000_000, 1028, 5044);
        system.FirstProperties.Enqueue(Before);
        string shown = string.Concat(Session.Get(
            "Show-HcsStatistics -Id given -SampleCount 2 -IntervalSec 0.05 -HcsHost $h 6>&1", ("h", host)));
        Assert.Contains("18 B/s", shown, StringComparison.Ordinal);
        Assert.Contains("75.0 %", shown, StringComparison.Ordinal);
    }

    private static double?[] Rates(dynamic sample) =>
        [(double?)sample.CpuPercent, (double?)sample.ReadBytesPerSec, (double?)sample.WriteBytesPerSec];

    private static string Sample(int seconds, ulong runtime, ulong read, ulong written) => $$"""
        {"Statistics":{"Timestamp":"{{new DateTime(2026, 8, 25, 23, 59, 58).AddSeconds(seconds):s}}Z",
         "Processor": { "TotalRuntime100ns": {{runtime}} }, "Storage": { "ReadSizeBytes": {{read}}, "WriteSizeBytes": {{written}} } } }
        """;

    private object Second(string properties)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.FirstProperties.Enqueue(Before);
        system.Properties = properties;
        IReadOnlyList<PSObject> samples = Session.Get(
            "Get-HcsStatistics -Id given -Continuous -SampleCount 2 -IntervalSec 0.05 -HcsHost $h", ("h", host));
        Assert.Equal(2, samples.Count);
        Assert.Equal([null, null, null], Rates(samples[0].BaseObject));
        return samples[1].BaseObject;
    }
}
