using System;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Tests that a session in the process of the tests has the modules that come with PowerShell.</summary>
public sealed class SessionModulesTests(Session session) : IClassFixture<Session>
{
    [Theory]
    [InlineData("(1..3 | Select-Object -First 1).ToString()", "1")]
    [InlineData("([pscustomobject]@{ A = 7 } | Format-Table | Out-String).Split([Environment]::NewLine)[3]", "7")]
    [InlineData("@{ a = 1 } | ConvertTo-Json -Compress", """{"a":1}""")]
    [InlineData("(1..3 | ForEach-Object -Parallel { $_ * 2 } | Measure-Object -Sum).Sum.ToString()", "12")]
    [InlineData("Join-Path a b", "a/b")]
    public void Their_commands_are_found_and_work(string script, string output) =>
        Assert.Equal(output, ((string)session.Single(script)).Trim().Replace('\\', '/'), StringComparer.Ordinal);
}
