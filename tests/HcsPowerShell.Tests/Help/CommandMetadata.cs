using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Help;

/// <summary>The engine's metadata of the commands, in the words of help.</summary>
public sealed class CommandMetadata : IDisposable
{
    private const string AllSets = "__AllParameterSets";

    private readonly Session _session = Session.WithoutHost();

    public CommandMetadata() => Commands =
    [
        .. _session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet").Select(c => (CmdletInfo)c.BaseObject),
    ];

    internal IReadOnlyList<CmdletInfo> Commands { get; }

    public void Dispose() => _session.Dispose();

    internal IReadOnlyList<string> Syntax(string command) =>
        [.. Find(command).ParameterSets.Select(set => $"{Heading(set)}: {command} {set}")];

    internal IReadOnlyList<string> Aliases(string command) =>
    [
        .. _session.Get("Get-Command -Module HcsPowerShell -CommandType Alias").Select(a => (AliasInfo)a.BaseObject)
            .Where(a => a.Definition == command).Select(a => a.Name),
    ];

    internal string HelpUri(string command) =>
        Find(command).ImplementingType.GetCustomAttribute<CmdletAttribute>()!.HelpUri;

    internal IReadOnlyList<string> OutputTypes(string command) => [.. Find(command).OutputType.Select(t => t.Name)];

    internal IReadOnlyList<HelpParameter> Parameters(string command)
    {
        CmdletInfo cmdlet = Find(command);
        object instance = Activator.CreateInstance(cmdlet.ImplementingType)!;
        return
        [
            .. cmdlet.Parameters.Values.Where(p => !Cmdlet.CommonParameters.Contains(p.Name)).Select(p => new HelpParameter(
                p.Name,
                string.Empty,
                p.ParameterType.ToString(),
                DefaultValue(p, instance),
                p.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
                p.Aliases,
                AcceptedValues(p),
                [.. p.ParameterSets.Select(Use)])),
        ];
    }

    private CmdletInfo Find(string command) => Commands.Single(c => c.Name == command);

    private static string Heading(CommandParameterSetInfo set) =>
        set.IsDefault && set.Name != AllSets ? set.Name + " (Default)" : set.Name;

    private static HelpParameterUse Use(KeyValuePair<string, ParameterSetMetadata> set) => new(
        set.Key == AllSets ? "(All)" : set.Key,
        set.Value.Position < 0 ? "Named" : set.Value.Position.ToString(CultureInfo.InvariantCulture),
        set.Value.IsMandatory,
        set.Value.ValueFromPipeline,
        set.Value.ValueFromPipelineByPropertyName);

    // A mandatory parameter has no default, whatever value its property has before binding.
    private static string DefaultValue(ParameterMetadata parameter, object instance) =>
        parameter.SwitchParameter ? "False"
        : parameter.ParameterSets.Values.Any(set => set.IsMandatory) ? "None"
        : instance.GetType().GetProperty(parameter.Name)?.GetValue(instance) switch
        {
            null or "" or Array => "None",
            string text => text,
            Encoding encoding => encoding.WebName.ToUpperInvariant(),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            object value => Version(value),
        };

    private static string Version(dynamic schema) => $"{schema.Major}.{schema.Minor}";

    private static string[] AcceptedValues(ParameterMetadata parameter)
    {
        Type type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum
            ? Enum.GetNames(type)
            : [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues)];
    }
}
