using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Coverage;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>Tests that docs/performance.md has the figures of the benchmark. What they are is no test.</summary>
public sealed class PerformancePageTests
{
    [Fact]
    public void The_page_has_every_figure_and_its_goal()
    {
        string[] lines = File.ReadAllLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "performance.md"));
        Assert.Equal(
            Run("--list").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Regex.Match(line, "^figure: ([a-z0-9-]+) goal=([0-9.]+)( \\(at least\\))?$").Groups)
                .Select(groups => $"{groups[1].Value}: {(groups[3].Success ? "at least " : string.Empty)}{groups[2].Value}"),
            MarkdownTables.Read(lines).Where(row => row.ContainsKey("Figure")).Select(row => $"{row["Figure"]}: {row["Goal"]}"));
    }

    [Fact]
    public void A_figure_is_measured()
    {
        string line = Assert.Single(
            Run("--only", "first-command", "--effort", "1").Split('\n'),
            line => line.StartsWith("figure:", StringComparison.Ordinal));
        Assert.Matches(@"^figure: first-command ratio=-?[0-9.]+ goal=1\.00( missed by [0-9.]+)?; ", line);
    }

    private static string Run(params string[] arguments)
    {
        (int exitCode, string output, string error) = DotNet.Run(
            [
                "run", "--no-build", "--configuration", StagedModule.Configuration,
                "--project", "tests/HcsPowerShell.Benchmarks", "--", .. arguments,
            ]);
        Assert.Equal((0, string.Empty), (exitCode, error));
        return output;
    }
}
