using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Runs the Pester suites in PowerShell once, and reports each of their tests as a test.</summary>
public sealed class PesterTests
{
    private static readonly string s_script =
        Path.Combine(StagedModule.RepositoryRoot, "tests", "Pester", "Invoke-Suite.ps1");

    /// <summary>Runs all suites, and returns a row for each test and for each failure outside the tests.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> Results() => Run(out _).Select(result =>
        new TheoryDataRow<string, string>(result.Result, result.Reason)
        {
            TestDisplayName = $"{result.Suite}: {result.Name}",
            Label = string.Empty,
            Skip = result.Result == "Skipped" ? result.Reason : null,
        });

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Suites(string result, string reason) => Assert.True(result == "Passed", $"{result}: {reason}");

    [Fact]
    public void What_is_wrong_with_a_suite_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        (string Suite, string Result, string Reason)[] suites =
        [
            ("Describe 'It' { It 'passes' { } }", "Passed", string.Empty),
            ("Describe 'It' { It 'waits' { Set-ItResult -Skipped -Because 'Needs time' } }", "Skipped", "Needs time"),
            ("Describe 'It' { It 'waits' -Skip { } }", "Failed", "It is skipped without a reason."),
            ("Describe 'It' { It 'is open' { Set-ItResult -Inconclusive -Because 'maybe' } }", "Inconclusive", "maybe"),
            ("Describe 'It' { It 'fails' { 1 | Should -Be 2 } }", "Failed", "Expected 2, but got 1."),
            ("Describe 'It' { BeforeAll { throw 'no set-up' }; It 'passes' { } }", "Failed", "no set-up"),
            ("Describe 'It' { AfterAll { throw 'no taking down' }; It 'passes' { } }", "Failed", "no taking down"),
            ("Describe 'It' { It 'passes' { } }; AfterAll { throw 'no end' }", "Failed", "no end"),
            ("throw 'no discovery'", "Failed", "no discovery"),
            ("# Empty", "Failed", "It has none."),
        ];
        foreach ((int number, (string suite, _, _)) in suites.Index())
        {
            folder.Write($"{number}.Tests.ps1", suite);
        }

        PesterResult[] results = Run(out PwshResult run, $"-Path '{folder.Path}'");
        Assert.Equal(1, run.ExitCode);
        Assert.All(suites, (expected, number) => Assert.Contains(results, r =>
            Path.GetFileName(r.Suite) == $"{number}.Tests.ps1"
            && r.Result == expected.Result
            && r.Reason.Contains(expected.Reason, StringComparison.Ordinal)));
    }

    private static PesterResult[] Run(out PwshResult run, string arguments = "")
    {
        using var folder = new TemporaryFolder();
        string results = Path.Combine(folder.Path, "results.json");
        run = Pwsh.Run($"& '{s_script}' -Pester '{StagedModule.Pester}' -ResultPath '{results}' {arguments}");
        Assert.True(File.Exists(results), run.All);
        return JsonSerializer.Deserialize<PesterResult[]>(File.ReadAllText(results))!;
    }

    private sealed record PesterResult(string Suite, string Name, string Result, string Reason);
}
