using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Help;

/// <summary>Reads the compiled file (MAML) that Get-Help reads.</summary>
internal static class CompiledHelp
{
    public const string FileName = "HcsPowerShell.dll-Help.xml";

    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly string s_path = Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US", FileName);

    private static readonly Lazy<IReadOnlyList<XElement>> s_commands = new(() =>
        [.. XDocument.Load(s_path).Root!.Elements(s_command + "command")]);

    public static IReadOnlyList<string> Commands => [.. s_commands.Value.Select(Name)];

    public static HelpPage Read(string command)
    {
        XElement help = s_commands.Value.Single(c => Name(c) == command);
        return new HelpPage(
            Name(help),
            Paragraphs(help.Element(s_command + "details")!.Element(s_maml + "description")),
            Paragraphs(help.Element(s_maml + "description")),
            new Dictionary<string, string>(),
            string.Empty,
            [.. help.Descendants(s_command + "example").Select(Example)],
            [.. help.Element(s_command + "parameters")!.Elements(s_command + "parameter").Select(Parameter)],
            [.. help.Descendants(s_command + "inputType").Select(Typed)],
            [.. help.Descendants(s_command + "returnValue").Select(Typed)],
            Paragraphs(help.Descendants(s_maml + "alert").Single()),
            help.Descendants(s_maml + "uri").First().Value,

            // The first link is the address of the page, which Get-Help -Online opens.
            [.. help.Descendants(s_maml + "linkText").Skip(1).Select(link => link.Value)]);
    }

    /// <summary>Returns the syntax of a command, a line for each parameter set, as Get-Command writes it.</summary>
    public static IReadOnlyList<string> Syntax(string command) =>
    [
        .. s_commands.Value.Single(c => Name(c) == command).Descendants(s_command + "syntaxItem").Select(item =>
            $"{command} {string.Join(' ', item.Elements(s_command + "parameter").Select(InSyntax))} [<CommonParameters>]"),
    ];

    private static string Name(XElement help) => help.Element(s_command + "details")!.Element(s_command + "name")!.Value;

    private static string InSyntax(XElement parameter)
    {
        string name = "-" + parameter.Element(s_maml + "name")!.Value;
        string named = (string)parameter.Attribute("position")! == "named" ? name : $"[{name}]";
        string bound = parameter.Element(s_command + "parameterValue") is { } value ? $"{named} <{value.Value}>" : named;
        return (bool)parameter.Attribute("required")! ? bound : $"[{bound}]";
    }

    private static HelpExample Example(XElement example) => new(
        example.Element(s_maml + "title")!.Value.Trim('-', ' '),
        example.Element(s_dev + "code")!.Value.ReplaceLineEndings("\n"),
        string.Empty, // The output is the first paragraph of the remarks.
        Paragraphs(example.Element(s_dev + "remarks")));

    private static HelpParameter Parameter(XElement parameter)
    {
        string pipeline = (string)parameter.Attribute("pipelineInput")!;
        string aliases = (string)parameter.Attribute("aliases")!;
        return new HelpParameter(
            parameter.Element(s_maml + "name")!.Value,
            Paragraphs(parameter.Element(s_maml + "description")),
            parameter.Element(s_dev + "type")!.Element(s_maml + "name")!.Value,
            parameter.Element(s_dev + "defaultValue")?.Value ?? string.Empty,
            (bool)parameter.Attribute("globbing")!,
            aliases == "none" ? [] : aliases.Split(", "),
            [.. parameter.Elements(s_command + "parameterValueGroup").Elements().Select(value => value.Value)],
            [
                new HelpParameterUse(
                    string.Empty,
                    (string)parameter.Attribute("position")!,
                    (bool)parameter.Attribute("required")!,
                    pipeline.Contains("ByValue", StringComparison.Ordinal),
                    pipeline.Contains("ByPropertyName", StringComparison.Ordinal)),
            ]);
    }

    private static HelpText Typed(XElement value) => new(
        value.Element(s_dev + "type")!.Element(s_maml + "name")!.Value, Paragraphs(value.Element(s_maml + "description")));

    private static string Paragraphs(XElement? parent) =>
        Regex.Replace(string.Join(" ", parent?.Elements(s_maml + "para").Select(p => p.Value) ?? []), @"\s+", " ").Trim();
}
