using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>
/// Tests that every kind of PowerShell value becomes its own kind of JSON, and that secrets are masked one by one.
/// </summary>
public sealed class DocumentValueTests(Session session) : IClassFixture<Session>
{
    [Theory]
    [InlineData("'text'", "\"text\"")]
    [InlineData("[char]'c'", "\"c\"")]
    [InlineData("[guid]'2a0a7d9b-0000-0000-0000-000000000001'", "\"2a0a7d9b-0000-0000-0000-000000000001\"")]
    [InlineData("$true", "true")]
    [InlineData("[switch]$true", "true")]
    [InlineData("[DateTimeOffset]'2026-08-25T23:32:10+02:00'", "\"2026-08-25T23:32:10+02:00\"")]
    [InlineData("[DateTime]::SpecifyKind('2026-08-25T23:32:10', 'Utc')", "\"2026-08-25T23:32:10Z\"")]
    [InlineData("[DayOfWeek]'Friday'", "\"Friday\"")]
    [InlineData("[byte]255", "255")]
    [InlineData("[sbyte]-128", "-128")]
    [InlineData("[int16]-32768", "-32768")]
    [InlineData("[uint16]65535", "65535")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("4294967295u", "4294967295")]
    [InlineData("[long]::MinValue", "-9223372036854775808")]
    [InlineData("[ulong]::MaxValue", "18446744073709551615")]
    [InlineData("79228162514264337593543950335d", "79228162514264337593543950335")]
    [InlineData("[float]0.5", "0.5")]
    [InlineData("0.25", "0.25")]
    [InlineData("$null", "null")]
    [InlineData("@(1, @('a'), @{ B = 2 })", "[1,[\"a\"],{\"B\":2}]")]
    [InlineData("[pscustomobject]@{ C = 3 }", "{\"C\":3}")]
    public void A_value_is_sent(string value, string json)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        session.Get(
            $"Set-HcsContainer -Id given -Request @{{ ResourcePath = 'p'; Settings = @{{ A = {value} }} }} -HcsHost $h", ("h", host));
        Assert.Equal(["{\"ResourcePath\":\"p\",\"Settings\":{\"A\":" + json + "}}"], system.Sent);
    }

    [Theory]
    [InlineData("[double]::NaN")]
    [InlineData("[double]::PositiveInfinity")]
    [InlineData("[float]::NegativeInfinity")]
    [InlineData("[timespan]'1:00'")]
    public void A_value_that_json_does_not_have_is_refused(string value) => Assert.Contains(
        "Settings.A",
        Assert.Single(session.Run($"Set-HcsContainer -Id x -Request @{{ ResourcePath = 'p'; Settings = @{{ A = {value} }} }}").Errors).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Credentials", "'S3CRET'")]
    [InlineData("credentials", "'S3CRET'")]
    [InlineData("ContainerCredentialGuard", "@{ Cookie = 'S3CRET' }")]
    [InlineData("Environment", "@{ TOKEN = 'S3CRET' }")]
    public void A_secret_is_masked_wherever_it_stands(string member, string value)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        string shown = string.Concat(session.Run(
            $"Set-HcsContainer -Id given -Request @{{ ResourcePath = 'p'; Settings = @{{ A = @(@{{ {member} = {value} }}) }} }} -HcsHost $h -Verbose",
            ("h", host)).RequireNoErrors().Verbose);
        Assert.Contains($"\"{member}\":\"***\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", shown, StringComparison.Ordinal);
        Assert.Contains("S3CRET", system.Sent.Single(), StringComparison.Ordinal);
    }
}
