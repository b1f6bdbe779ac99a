using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Checks documents: names, types, values, ranges, required members and, for schema 2, the release of Windows that has
/// them. Writes true or false for each document and one error for each problem.
/// </summary>
/// <remarks>
/// Only -OnHost looks at the machine. The content of members that hold any JSON, such as <c>VirtualMachine</c>, is not
/// checked.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "HcsConfiguration", DefaultParameterSetName = ConfigurationSet,
    HelpUri = HelpPages.Address + "Test-HcsConfiguration.md")]
[OutputType(typeof(bool), typeof(HcsConfigurationProblem))]
public sealed class TestHcsConfigurationCommand : HcsCommand
{
    private const string ConfigurationSet = "Configuration";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly JsonLinesOfHosts _lines = new();

    /// <summary>The configuration: a hashtable, a typed document, JSON text, or a file object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ConfigurationSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConfigurationCompleter))]
    public object Configuration { get; set; } = string.Empty;

    /// <summary>JSON files with one configuration each; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>JSON files with one configuration each, by their exact paths.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The type of the document; by default HostComputeNetwork or HostComputeEndpoint when it has a member that only these
    /// have, otherwise ContainerConfig, or ComputeSystem when it names schema 2.
    /// </summary>
    [Parameter]
    [NotBlank]
    public HcsDocumentType? As { get; set; }

    /// <summary>
    /// The newest schema that the service accepts, such as 2.3. Without it and -WindowsVersion, a document is only
    /// checked against the schema that it names itself.
    /// </summary>
    [Parameter]
    [SchemaVersionTransformation]
    [ArgumentCompleter(typeof(SchemaVersionCompleter))]
    public SchemaVersion? SchemaVersion { get; set; }

    /// <summary>
    /// The release of Windows that the document is meant for. With -SchemaVersion, the older of the two applies.
    /// </summary>
    [Parameter]
    [ValidateSet("Server2016", "1809", "Server2019", "1903", "2004", "Server2022", "21H2")]
    public string? WindowsVersion { get; set; }

    /// <summary>Writes the problems as objects, and nothing for a configuration that has none.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Detailed { get; set; }

    /// <summary>
    /// Checks on the host as well: the paths, layers, versions, endpoints and namespace of a container, the prefixes of a
    /// network, and the network, addresses and ports of an endpoint. Nothing is changed there.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter OnHost { get; set; }

    private protected override bool ReadsFiles => true;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == PathSet)
        {
            Test(ConfigurationFiles.Read(this, Path));
        }
        else if (ParameterSetName == LiteralPathSet)
        {
            Test(ConfigurationFiles.ReadLiteral(this, LiteralPath));
        }
        else if (ConfigurationFiles.PathOf(Configuration) is { } file)
        {
            Test(ConfigurationFiles.ReadLiteral(this, [file]));
        }
        else if (_lines.Take(NamedHost, Configuration) is { } whole)
        {
            Test(null, whole);
        }
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (_lines.Rest is { } rest)
        {
            Test(null, rest);
        }

        base.EndHere();
    }

    private void Test(IEnumerable<(string Path, string Text)> files)
    {
        foreach ((string path, string text) in files)
        {
            Test(path, text);
        }
    }

    private void Test(string? file, object configuration)
    {
        if (OutputObject.TypeNameOf(configuration) is { } type)
        {
            WriteError(HcsErrors.NotAConfiguration(
                configuration, type, "test", "Pipe the configuration: a file, JSON text, a hashtable or a typed document."));
            if (!Detailed)
            {
                WriteObject(false);
            }

            return;
        }

        // What the creation of a container refuses is an error; what it sends as it is, a warning.
        bool isStrict = file is null && DocumentReader.Plain(configuration) is not (string or HcsDocument);
        IReadOnlyList<DocumentProblem> problems = Check(configuration, out HcsDocument? document);
        bool isComplete = !OnHost || document is null;
        if (!isComplete)
        {
            GuardWithin("check the configuration on its host", file ?? configuration, deadline =>
            {
                HcsHost host = ResolveHost();
                problems =
                [
                    .. problems,
                    .. Await(OnHostCheck.RunAsync(host, document!, deadline)),
                    .. Await(NetworkOnHostCheck.RunAsync(host, document!, deadline)),
                ];
                isComplete = true;
            });
        }

        DocumentProblem[] warnings = [.. problems.Where(problem => problem.IsSent && !isStrict)];
        if (Detailed)
        {
            WriteObject(
                problems.Select(p => new HcsConfigurationProblem(file, p, warnings.Contains(p))), enumerateCollection: true);
            return;
        }

        foreach (DocumentProblem sent in warnings)
        {
            WriteWarning(VisibleText.OfMessage(
                $"{(file is null ? "Sent" : $"'{file}': sent")} as it is: {sent.Path}: {sent.Message}"));
        }

        string attempt = file is null ? "use the configuration" : $"use '{file}'";
        foreach (DocumentProblem problem in problems.Where(problem => !warnings.Contains(problem)))
        {
            WriteError(HcsErrors.InvalidConfiguration(problem, attempt, file ?? configuration));
        }

        WriteObject(isComplete && problems.Count == warnings.Length);
    }

    /// <param name="configuration">The configuration.</param>
    /// <param name="read">The members that could be read; null when the configuration is no document.</param>
    private IReadOnlyList<DocumentProblem> Check(object configuration, out HcsDocument? read)
    {
        read = null;
        try
        {
            ConfigurationText.Refuse(this, configuration, "Test-HcsConfiguration -Path {0}");
            object document = As is null ? ConfigurationRow.Of(configuration).Configuration : configuration;
            return ConfigurationCheck.Check(
                DocumentReader.TextOf(document), As is { } type ? DocumentClass.Of(type) : TypeOf(configuration), Newest(), out read);
        }
        catch (HcsDocumentException e)
        {
            string path = e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path.Substring(2) : e.Path;
            return [new DocumentProblem(path, e.Reason)];
        }
    }

    /// <summary>
    /// The class of a typed document; null when the text determines the type.
    /// </summary>
    private static Type? TypeOf(object configuration) =>
        DocumentReader.Plain(configuration) is HcsDocument document ? document.GetType() : null;

    private Version? Newest() => new[]
    {
        SchemaVersion?.ToVersion(),
        WindowsRelease.All.FirstOrDefault(r => r.Name.Equals(WindowsVersion, StringComparison.OrdinalIgnoreCase))?.Schema,
    }.Where(v => v is not null).Min();
}
