using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Documents;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Commands;

/// <summary>
/// Reads JSON files as typed configurations: ComputeSystem when a file names schema 2, otherwise ContainerConfig.
/// </summary>
[Cmdlet(VerbsData.Import, "HcsConfiguration", DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Import-HcsConfiguration.md")]
[OutputType(typeof(ContainerConfig), typeof(ComputeSystem))]
public sealed class ImportHcsConfigurationCommand : HcsDocumentCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>JSON files with one configuration each; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [NoOutputObject("give the path of a file")]
    public string[] Path { get; set; } = [];

    /// <summary>JSON files with one configuration each, by their exact paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<(string Path, string Text)> files = ParameterSetName == PathSet
            ? ConfigurationFiles.Read(this, Path)
            : ConfigurationFiles.ReadLiteral(this, LiteralPath);
        foreach ((string path, string text) in files)
        {
            Guarded.Run($"read '{path}'", path, () => WriteObject(DocumentReader.ReadConfiguration(text)));
        }
    }
}
