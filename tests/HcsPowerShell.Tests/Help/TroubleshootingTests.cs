using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>
/// Tests that docs/troubleshooting.md has every error id, and describes the codes of the service as the error table
/// does.
/// </summary>
public sealed class TroubleshootingTests(CommandMetadata metadata) : IClassFixture<CommandMetadata>
{
    private const string Begin = "<!-- begin: from the error table -->\n";
    private const string End = "<!-- end -->\n";

    private static readonly string s_path = Path.Combine(StagedModule.RepositoryRoot, "docs", "troubleshooting.md");

    [Fact]
    public void The_codes_of_the_service_are_those_of_the_error_table()
    {
        string page = File.ReadAllText(s_path).ReplaceLineEndings("\n");
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = page.IndexOf(End, StringComparison.Ordinal);
        string expected = page[..from] + Table() + page[to..];
        string made = Path.Combine(AppContext.BaseDirectory, "troubleshooting.md");
        File.WriteAllText(made, expected);
        Assert.True(expected == page, $"The page does not say what the error table says; copy {made} to {s_path}.");
    }

    [Fact]
    public void Every_error_id_is_on_the_page()
    {
        string folder = Path.Combine(StagedModule.RepositoryRoot, "src", "HcsPowerShell", "Errors");
        var ids = new[] { "HcsErrors.cs", "HcsErrorTable.cs" }
            .SelectMany(file => Regex.Matches(File.ReadAllText(Path.Combine(folder, file)), "\"(Hcs[A-Za-z]+)\""))
            .Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        var told = Regex.Matches(File.ReadAllText(s_path), @"^\| `(Hcs[A-Za-z]+)` \|", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(ids, told);
    }

    private string Table()
    {
        IEnumerable<(string Code, object Row)> rows =
        [
            .. Rows("s_hcs").Select(r => ($"0x8037{r.Code:X4}, 0xC037{r.Code:X4}", r.Row)),
            .. Rows("s_network").Select(r => ($"0x{r.Code:X8} ({unchecked((uint)r.Code)})", r.Row)),
            .. Rows("s_foreign").Select(r => ($"0x{r.Code:X8}", r.Row)),
        ];
        IEnumerable<string> lines = rows.GroupBy(r => Text(r.Row, "Id")).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            $"| `{g.Key}` | {Each(g, "Sentence", "; ")} | {string.Join(", ", g.Select(r => r.Code))} | {Each(g, "Advice", " ")} |\n");
        return "| Error id | Meaning | Codes | What to do |\n|---|---|---|---|\n" + string.Concat(lines);
    }

    private static string Each(IEnumerable<(string Code, object Row)> rows, string member, string separator) =>
        string.Join(separator, rows.Select(r => Text(r.Row, member)).Distinct());

    private static string Text(object row, string member) => (string)row.GetType().GetProperty(member)!.GetValue(row)!;

    private IEnumerable<(int Code, object Row)> Rows(string dictionary)
    {
        var rows = (IDictionary)metadata.Commands[0].ImplementingType.Assembly.GetType("HcsPowerShell.Errors.HcsErrorTable")!
            .GetField(dictionary, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return rows.Keys.Cast<int>().Select(code => (code, rows[code]!));
    }
}
