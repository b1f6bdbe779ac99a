using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Coverage;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>Tests that every command has a page, and that the page describes the command.</summary>
public sealed class PageTests(CommandMetadata metadata) : IClassFixture<CommandMetadata>
{
    public static TheoryData<string> Commands => [.. MarkdownHelp.Commands];

    [Fact]
    public void Every_command_has_a_page() =>
        Assert.Equal(metadata.Commands.Select(c => c.Name).Order(StringComparer.Ordinal), MarkdownHelp.Commands);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_page_is_filled(string command)
    {
        HelpPage page = MarkdownHelp.Read(command);
        Assert.Equal(command, page.Name);
        Assert.DoesNotContain("{{", MarkdownHelp.Text(command), StringComparison.Ordinal);
        Assert.True(page.Examples.Count >= 2, "It has fewer than two examples.");
        Assert.Equal(
            page.Examples.Select((e, i) => $"Example {i + 1}: "),
            page.Examples.Select(e => Regex.Match(e.Title, "^Example [0-9]+: (?=.)").Value));
        Assert.NotEmpty(page.Links);
        Assert.All(
            [
                page.Synopsis, page.Description, page.Notes,
                .. page.Inputs.Select(t => t.Text), .. page.Outputs.Select(t => t.Text),
                .. page.Examples.Select(e => e.Remarks), .. page.Parameters.Select(p => p.Description),
            ],
            text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Its_parameters_are_those_of_the_command(string command) =>
        Assert.Equal(
            metadata.Parameters(command).OrderBy(p => p.Name, StringComparer.Ordinal).SelectMany(Facts),
            MarkdownHelp.Read(command).Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).SelectMany(Facts));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Its_syntax_is_that_of_the_command(string command) =>
        Assert.Equal(
            metadata.Syntax(command).Order(),
            MarkdownHelp.Read(command).Syntax.Select(s => s.Key + ": " + Regex.Replace(s.Value, @"\s+", " ")).Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Its_output_and_aliases_are_those_of_the_command(string command)
    {
        HelpPage page = MarkdownHelp.Read(command);
        Assert.Equal(metadata.OutputTypes(command).Order(), page.Outputs.Select(o => o.Heading).Order());
        Assert.All(metadata.Aliases(command), alias => Assert.Contains(alias, page.Aliases, StringComparison.Ordinal));
        Assert.Equal(metadata.Aliases(command).Count == 0, page.Aliases == "This cmdlet has no aliases.");
    }

    [Fact]
    public void Related_links_lead_to_pages()
    {
        string folder = Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US");
        Assert.All(MarkdownHelp.Commands.SelectMany(c => MarkdownHelp.Read(c).Links), link =>
            Assert.Contains(new[] { ".md", ".help.txt" }, ending => File.Exists(Path.Combine(folder, link + ending))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Its_address_is_that_of_the_command_and_leads_to_it(string command)
    {
        string address = metadata.HelpUri(command);
        Assert.Contains($"\nHelpUri: {address}\n", MarkdownHelp.Text(command), StringComparison.Ordinal);
        Assert.Equal($"docs/en-US/{command}.md", RepositoryPath(address));
    }

    [Fact]
    public void Every_address_of_the_manifest_leads_to_a_file()
    {
        string manifest = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "HcsPowerShell.psd1"));
        string[] addresses =
        [
            .. Regex.Matches(manifest, @"(?:LicenseUri|IconUri)\s*=\s*'([^']*)'").Select(m => m.Groups[1].Value),
        ];
        Assert.Equal(2, addresses.Length);
        Assert.All(addresses, address =>
            Assert.True(File.Exists(Path.Combine(StagedModule.RepositoryRoot, RepositoryPath(address))), address));
    }

    [Fact]
    public void A_parameter_for_a_member_of_a_document_bears_the_name_of_the_member()
    {
        string[] sent = ["ContainerConfig", "ProcessConfig", "ComputeSystemQuery", "ResourceModificationRequestResponse"];
        string[] lines = File.ReadAllLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "coverage.md"));
        var rows = MarkdownTables.Read(lines)
            .Where(row => row.TryGetValue("Struct", out string? name) && sent.Contains(name)).ToList();
        Dictionary<string, HelpPage> pages = rows.Select(row => row["Command"]).Distinct()
            .ToDictionary(command => command, MarkdownHelp.Read);
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            string text = pages[row["Command"]].Parameters
                .Single(p => "-" + p.Name == row["Parameter or property"]).Description;
            Assert.Contains(row["Member"], text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_is_measured_names_its_unit()
    {
        (string Suffix, string Unit)[] units =
        [
            ("Sec", "Seconds"), ("InMB", "megabytes"), ("BandwidthMaximum", "bytes per second"), ("SandboxSize", "bytes"),
        ];
        IReadOnlyList<HelpParameter> all = [.. MarkdownHelp.Commands.SelectMany(c => MarkdownHelp.Read(c).Parameters)];
        Assert.All(units, unit =>
        {
            IReadOnlyList<HelpParameter> measured = [.. all.Where(p => p.Name.EndsWith(unit.Suffix, StringComparison.Ordinal))];
            Assert.NotEmpty(measured);
            Assert.All(measured, p => Assert.Contains(unit.Unit, p.Description, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_parameter_that_commands_inherit_is_described_alike_wherever_it_is_inherited()
    {
        // Export-HcsReport writes its file and does not read it, so it inherits none of these descriptions.
        // The commands for layers have a base class of their own.
        var texts = MarkdownHelp.Commands.Where(c => c != "Export-HcsReport")
            .SelectMany(c => MarkdownHelp.Read(c).Parameters.Select(p => (IsOfLayers: c.EndsWith("-HcsLayer", StringComparison.Ordinal), p)))
            .Where(x => x.p.Name is "Process" or "ContainerId" or "Encoding" or "CommandLine" or "Environment" or "LiteralPath"
                or "Layer" && x.IsOfLayers)
            .GroupBy(x => (x.IsOfLayers, x.p.Name), x => x.p.Description);
        Assert.All(texts, text => Assert.Single(text.Distinct()));
    }

    /// <summary>Returns the path in an address of the public repository; empty for any other address.</summary>
    private static string RepositoryPath(string address) => Regex.Match(
        address,
        "^https://(?:github.com/HcsPowerShell/HcsPowerShell/blob|raw.githubusercontent.com/HcsPowerShell/HcsPowerShell)/main/(.+)$")
        .Groups[1].Value;

    private static IEnumerable<string> Facts(HelpParameter p) =>
    [
        $"{p.Name}: {p.Type}, by default {p.DefaultValue}, wildcards {p.SupportsWildcards}, "
            + $"aliases {string.Join(' ', p.Aliases)}, values {string.Join(' ', p.AcceptedValues)}",
        .. p.Uses.OrderBy(u => u.Set, StringComparer.Ordinal).Select(u => $"{p.Name} in {u}"),
    ];
}
