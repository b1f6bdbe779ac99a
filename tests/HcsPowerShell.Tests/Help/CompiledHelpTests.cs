using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>
/// Tests that the compiled file has the content of the pages. If not, <c>build.ps1 -Task Docs</c> builds it again.
/// </summary>
public sealed class CompiledHelpTests
{
    public static TheoryData<string> Commands => [.. MarkdownHelp.Commands];

    [Fact]
    public void The_same_commands_are_in_it() =>
        Assert.Equal(MarkdownHelp.Commands, CompiledHelp.Commands.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_says_what_the_page_says(string command) =>
        Assert.Equal(Facts(MarkdownHelp.Read(command)), Facts(CompiledHelp.Read(command)));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Its_syntax_is_that_of_the_page(string command) =>
        Assert.Equal(
            MarkdownHelp.Read(command).Syntax.Values.Select(Regular),
            CompiledHelp.Syntax(command));

    [Fact]
    public void It_ships() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US", CompiledHelp.FileName)),
            File.ReadAllText(Path.Combine(StagedModule.Folder, "en-US", CompiledHelp.FileName)));

    private static IEnumerable<string> Facts(HelpPage page) =>
        ((IEnumerable<string>)
        [
            page.Name,
            $"synopsis {page.Synopsis}",
            $"description {page.Description}",
            .. page.Examples.Select(e => $"example {e.Title}: {e.Output} {e.Remarks}"),
            .. page.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Facts),
            .. page.Inputs.Select(i => $"takes {i.Heading}: {i.Text}"),
            .. page.Outputs.Select(o => $"gives {o.Heading}: {o.Text}"),
            $"notes {page.Notes}",
            $"online at {page.Address}",
            $"see {string.Join(", ", page.Links)}",
        ]).Select(Regular).Concat(page.Examples.Select(e => e.Code));

    // The compiled file contains the first use of a parameter only, and the ways of the pipeline in all of them.
    private static string Facts(HelpParameter p) =>
        $"parameter {p.Name}: {p.Type}, by default {p.DefaultValue}, {p.SupportsWildcards}, {string.Join(' ', p.Aliases)}, "
        + $"{string.Join(' ', p.AcceptedValues)}, {Only(p.Uses)}: {p.Description}";

    private static HelpParameterUse Only(IReadOnlyList<HelpParameterUse> uses) => uses[0] with
    {
        Set = string.Empty,
        FromPipeline = uses.Any(use => use.FromPipeline),
        FromPipelineByPropertyName = uses.Any(use => use.FromPipelineByPropertyName),
    };

    private static string Regular(string text) =>
        Regex.Replace(text.Replace("`", string.Empty, StringComparison.Ordinal), @"\s+", " ").Trim();
}
