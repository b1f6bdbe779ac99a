using System;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Tests of times in the form in which Go writes them.</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    public void The_time_that_Go_never_set_is_unknown(string time) =>
        Assert.Null(HcsJson.Read<Statistics>($$"""{"Timestamp":{{time}}}""").Timestamp);

    [Theory]
    [InlineData("2026-08-25T23:32:19.0685861Z", "2026-08-25T23:32:19.0685861Z")]
    [InlineData("2026-08-25T23:32:19Z", "2026-08-25T23:32:19Z")]
    [InlineData("2026-08-26T01:32:19.5+02:00", "2026-08-25T23:32:19.5Z")]
    public void A_time_is_written_in_UTC_with_the_decimals_it_has(string read, string written) => Assert.Contains(
        $"\"Timestamp\":\"{written}\"",
        HcsJson.Write(HcsJson.Read<Statistics>($$"""{"Timestamp":"{{read}}"}""")),
        StringComparison.Ordinal);
}
