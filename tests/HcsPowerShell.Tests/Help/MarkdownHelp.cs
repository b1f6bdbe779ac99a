using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Help;

/// <summary>Reads a help page in the fixed format that PlatyPS writes.</summary>
internal static class MarkdownHelp
{
    private static readonly string s_folder = Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US");

    /// <summary>The commands that have a page.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. Directory.GetFiles(s_folder, "*-Hcs*.md").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal),
    ];

    public static string Text(string command) =>
        File.ReadAllText(Path.Combine(s_folder, command + ".md")).ReplaceLineEndings("\n");

    public static HelpPage Read(string command)
    {
        string text = Text(command);
        Dictionary<string, string> sections = Split(text, "## ").ToDictionary(s => s.Heading, s => s.Text);
        return new HelpPage(
            Regex.Match(text, "^# (.+)$", RegexOptions.Multiline).Groups[1].Value,
            sections["SYNOPSIS"],
            sections["DESCRIPTION"],
            Split(sections["SYNTAX"], "### ").ToDictionary(s => s.Heading, s => Code(s.Text).Code),
            sections["ALIASES"],
            [.. Split(sections["EXAMPLES"], "### ").Select(Example)],
            [.. Split(sections["PARAMETERS"], "### -").Select(Parameter)],
            [.. Split(sections["INPUTS"], "### ")],
            [.. Split(sections["OUTPUTS"], "### ")],
            sections["NOTES"],
            Value(text, "HelpUri"),
            [.. Regex.Matches(sections["RELATED LINKS"], @"(?m)^- \[(.+?)\]").Select(m => m.Groups[1].Value)]);
    }

    // A heading is a separate line; no line of example code begins like a heading.
    private static IEnumerable<HelpText> Split(string text, string mark) =>
        ("\n" + text).Split("\n" + mark).Skip(1).Select(part => part.Split('\n', 2))
            .Select(part => new HelpText(part[0].Trim(), part[^1].Trim()));

    private static HelpExample Example(HelpText example)
    {
        (string code, string rest) = Code(example.Text);
        (string output, string remarks) = rest.StartsWith("```output\n", StringComparison.Ordinal) ? Code(rest) : (string.Empty, rest);
        return new HelpExample(example.Heading, code, output, remarks);
    }

    private static (string Code, string Remarks) Code(string text)
    {
        Match fenced = Regex.Match(text, @"^```\w*\n(.*?)\n```\s*(.*)$", RegexOptions.Singleline);
        return fenced.Success
            ? (fenced.Groups[1].Value, fenced.Groups[2].Value)
            : throw new FormatException($"It does not begin with code: {text}");
    }

    private static HelpParameter Parameter(HelpText section)
    {
        Match parts = Regex.Match(section.Text, @"^(.*?)\n+```yaml\n(.*?)\n```", RegexOptions.Singleline);
        string facts = parts.Success && parts.Groups[2].Value is { } yaml
            ? yaml
            : throw new FormatException($"-{section.Heading} has no block of facts.");
        return new HelpParameter(
            section.Heading,
            parts.Groups[1].Value,
            Value(facts, "Type"),
            Value(facts, "DefaultValue"),
            IsTrue(facts, "SupportsWildcards"),
            List(facts, "Aliases"),
            List(facts, "AcceptedValues"),
            [.. facts.Split("\n- Name: ").Skip(1).Select(use => Use("Name: " + use))]);
    }

    private static HelpParameterUse Use(string facts) => new(
        Value(facts, "Name"),
        Value(facts, "Position"),
        IsTrue(facts, "IsRequired"),
        IsTrue(facts, "ValueFromPipeline"),
        IsTrue(facts, "ValueFromPipelineByPropertyName"));

    private static string Value(string facts, string key) =>
        Regex.Match(facts, $"^ *{key}: *(.*)$", RegexOptions.Multiline) is { Success: true } match
            ? match.Groups[1].Value.Trim('\'', '"')
            : throw new FormatException($"{key} is missing in {facts}");

    private static bool IsTrue(string facts, string key) => bool.Parse(Value(facts, key));

    private static string[] List(string facts, string key) =>
    [
        .. Regex.Match(facts, $@"^{key}:((\n- .+)*)", RegexOptions.Multiline).Groups[1].Value
            .Split("\n- ", StringSplitOptions.RemoveEmptyEntries).Select(value => value.Trim('\'', '"')),
    ];
}
