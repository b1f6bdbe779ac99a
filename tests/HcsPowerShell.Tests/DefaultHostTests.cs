using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests the host of a process that has chosen none. Each test uses a new process.</summary>
public sealed class DefaultHostTests
{
    private const string UseTwice = "(Get-HcsHost).Kind.ToString(); $null = New-HcsContainer web; (Get-HcsContainer).Id";

    public DefaultHostTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The default on Windows is the local service.");

    [Fact]
    public void It_is_the_embedded_host_and_the_first_use_says_so_once()
    {
        (IReadOnlyList<string> output, string error) = Pwsh.Run(UseTwice);
        string all = string.Join('\n', output) + error;
        Assert.Single(all.Split('\n'), line => line.Contains("WARNING: There is no Host Compute Service here", StringComparison.Ordinal));
        Assert.Contains("$env:HCS_HOST = 'embedded'", string.Join(' ', all.Split('\n', StringSplitOptions.TrimEntries)), StringComparison.Ordinal);
        Assert.Equal(["Embedded", "web"], output.Where(line => line is "Embedded" or "web"));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("Embedded")]
    public void HCS_HOST_chooses_it_without_a_warning(string value)
    {
        (IReadOnlyList<string> output, string error) = Pwsh.Run(UseTwice, ("HCS_HOST", value));
        Assert.Equal(string.Empty, error);
        Assert.Equal(["Embedded", "web"], output.Where(line => line.Length > 0));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1")]
    [InlineData("Embedded,Local")]
    public void A_wrong_value_of_HCS_HOST_is_an_error_that_names_the_right_ones(string value)
    {
        (IReadOnlyList<string> output, _) = Pwsh.Run(
            """
            foreach ($try in { Get-HcsHost }, { New-HcsContainer web }, { 'web' | Stop-HcsContainer }) {
                $failed = $null
                $null = & $try 2>&1 | ForEach-Object { $failed = $_ }
                "$($failed.FullyQualifiedErrorId.Split(',')[0]) $($failed.CategoryInfo.Category) $failed"
            }
            """,
            ("HCS_HOST", value));
        string expected = "HcsHostNotFound ObjectNotFound The environment variable HCS_HOST is '" + value
            + "'; valid values are 'embedded' and 'local'.";
        Assert.Equal([expected, expected, expected], output.Where(line => line.Length > 0));
    }

    [Fact]
    public void HCS_HOST_local_says_what_is_missing()
    {
        (IReadOnlyList<string> output, _) = Pwsh.Run(
            "Get-HcsContainer 2>&1 | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }", ("HCS_HOST", "local"));
        Assert.Equal("HcsNotInstalled", output[0]);
    }
}
