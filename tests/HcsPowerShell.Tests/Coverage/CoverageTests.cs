using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that docs/coverage.md has a row for all of hcsshim's interface, and that every row is true.</summary>
public sealed partial class CoverageTests(Session session) : IClassFixture<Session>
{
    private const string TestColumn = "Test";
    private const string OciColumn = "Oci";
    private const string ReasonColumn = "Left out";

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_rows =
        MarkdownTables.Read(File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "coverage.md")));

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_carried =
        [.. s_rows.Where(row => row["Command"].Length > 0)];

    /// <summary>Every test of the repository: its class and method, and the text of its file.</summary>
    private static readonly Lazy<ILookup<string, string>> s_tests = new(FindTests);

    [Theory]
    [InlineData("structs", "Struct", "Member")]
    [InlineData("methods", "Interface", "Method")]
    [InlineData("layers", "Kind", "Name")]
    [InlineData("networks", "Of", "Function")]
    [InlineData("machines", "Library", "Export")]
    public void No_row_is_missing_and_none_is_made_up(string part, string of, string name)
    {
        using JsonDocument facts = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "coverage.json")));
        string[] expected =
        [
            .. facts.RootElement.GetProperty(part).EnumerateObject()
                .SelectMany(group => group.Value.EnumerateArray().Select(member => $"{group.Name}.{member.GetString()}")),
        ];
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            s_rows.Where(row => row.ContainsKey(name)).Select(row => $"{row[of]}.{row[name]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_and_what_is_named_of_it_exists() =>
        Assert.All(s_carried, row => Assert.Null(Missing(row)));

    [Fact]
    public void A_row_has_a_command_or_a_reason() => Assert.All(s_rows, row => Assert.True(
        row["Command"].Length > 0 != row.GetValueOrDefault(ReasonColumn, string.Empty).Length > 0, Subject(row)));

    [Fact]
    public void Every_row_has_a_test_that_exists_and_speaks_of_it() =>
        Assert.All(s_carried, row => Assert.True(IsShown(row, TestColumn), $"{Subject(row)}: {row["Test"]}"));

    [Fact]
    public void Every_row_has_a_test_of_isolation_Oci_that_exists_and_speaks_of_it() =>
        Assert.All(s_rows.Where(row => !row.ContainsKey(ReasonColumn)), row => Assert.True(IsShown(row, OciColumn), $"{Subject(row)}: {row[OciColumn]}"));

    [Theory]
    [InlineData("Start-HcsContainr", "-Id", "StopHcsContainerTests.Force_ends_it_at_once")]
    [InlineData("Start-HcsContainer", "-Force", "StopHcsContainerTests.Force_ends_it_at_once")]
    [InlineData("Get-HcsContainer", "Colour", "StopHcsContainerTests.Force_ends_it_at_once")]
    [InlineData("Get-HcsStatistics", "Network.Colour", "StopHcsContainerTests.Force_ends_it_at_once")]
    [InlineData("Get-HcsContainer", "$_.Colour", "StopHcsContainerTests.Force_ends_it_at_once")]
    public void What_does_not_exist_is_found(string command, string named, string test) =>
        Assert.NotNull(Missing(Row(command, named, test)));

    [Theory]
    [InlineData("")]
    [InlineData("StopHcsContainerTests")]
    [InlineData("StopHcsContainerTests.No_such_test")]
    [InlineData("NoSuchTests.Force_ends_it_at_once")]
    [InlineData("StopHcsContainerTests.Force_ends_it_at_once")]
    public void A_test_that_does_not_exist_or_speaks_of_something_else_is_found(string test) =>
        Assert.All(new[] { TestColumn, OciColumn }, column => Assert.False(IsShown(Row("Start-HcsContainer", "-Id", test), column)));

    private static Dictionary<string, string> Row(string command, string named, string test) => new()
    {
        ["Struct"] = "ContainerConfig",
        ["Member"] = "WritableBootSource",
        ["Command"] = command,
        ["Parameter or property"] = named,
        [TestColumn] = test,
        [OciColumn] = test,
    };

    private string? Missing(IReadOnlyDictionary<string, string> row)
    {
        string named = row["Parameter or property"];
        if (session.Run("Get-Command $name -Module HcsPowerShell", ("name", row["Command"])) is not { Errors.Count: 0 } found)
        {
            return $"{Subject(row)}: {row["Command"]}";
        }

        var command = (CommandInfo)found.Output.Single().BaseObject;
        bool exists = named.Length == 0
            || (named.StartsWith('-') ? command.Parameters.ContainsKey(named[1..])
                : named.StartsWith("$_.", StringComparison.Ordinal) ? Has(typeof(ErrorRecord), named[3..])
                : command.OutputType.Any(output => Has(output.Type, named) || IsAdded(output.Type, named)));
        return exists ? null : $"{Subject(row)}: {row["Command"]} {named}";
    }

    /// <summary>True for a property that the types file of the module adds.</summary>
    private bool IsAdded(Type? type, string name) =>
        session.Get("(Get-TypeData $type).Members.Keys", ("type", type?.FullName)).Any(added => (string)added.BaseObject == name);

    private static bool Has(Type? type, string path)
    {
        foreach (string name in path.Split('.'))
        {
            Type? next = type?.GetProperty(name)?.PropertyType;
            type = next is { IsGenericType: true } && next.GetGenericArguments() is [{ IsPrimitive: false } item] ? item : next;
        }

        return type is not null;
    }

    /// <summary>
    /// True if the test exists and the file of its class contains the name of the member. The name of a method is not
    /// required.
    /// </summary>
    private static bool IsShown(IReadOnlyDictionary<string, string> row, string column) =>
        s_tests.Value[row[column]] is var files
        && files.Any(file => !row.TryGetValue("Member", out string? member)
            || file.Contains(member, StringComparison.OrdinalIgnoreCase));

    private static string Subject(IReadOnlyDictionary<string, string> row) =>
        row.TryGetValue("Member", out string? member) ? $"{row["Struct"]}.{member}"
        : row.TryGetValue("Method", out string? method) ? $"{row["Interface"]}.{method}"
        : row.TryGetValue("Function", out string? function) ? $"{row["Of"]}.{function}"
        : row.TryGetValue("Export", out string? export) ? export
        : row["Name"];

    private static ILookup<string, string> FindTests() =>
        Directory.EnumerateFiles(Path.Combine(StagedModule.RepositoryRoot, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => (Class: Path.GetFileNameWithoutExtension(file), Text: File.ReadAllText(file)))
            .Where(file => file.Text.Contains($"class {file.Class}", StringComparison.Ordinal))
            .SelectMany(file => TestMethod().Matches(file.Text)
                .Select(match => (Name: $"{file.Class}.{match.Groups[1].Value}", file.Text)))
            .ToLookup(test => test.Name, test => test.Text);

    [GeneratedRegex(@"public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();
}
