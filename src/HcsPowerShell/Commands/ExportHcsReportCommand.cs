using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Errors;
using HcsPowerShell.Report;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Writes one HTML page about samples of Get-HcsStatistics and events of Watch-HcsEvent: plots of each container over
/// time, and a table of the events. The page needs neither scripts nor a network.
/// </summary>
[Cmdlet(VerbsData.Export, "HcsReport", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Export-HcsReport.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportHcsReportCommand : HcsDocumentCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<ReportSample> _samples = [];
    private readonly List<ReportEvent> _events = [];
    private string _file = string.Empty;

    /// <summary>
    /// Samples and events, live or deserialized, in any order. Null values, as from a job without output, are ignored.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The file; wildcards are allowed when they match exactly one file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file, by its exact path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Title of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Containers";

    /// <summary>Overwrites a file that is read-only.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not overwrite an existing file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    [NotBlank]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string given = ParameterSetName == PathSet ? Path : LiteralPath;
        try
        {
            // The error for a file that cannot be written comes before a long series of samples is taken.
            _file = OutputFile.Resolve(SessionState, given, ParameterSetName == LiteralPathSet, NoClobber);
        }
        catch (Exception e) when (e is IOException or SessionStateException)
        {
            ThrowTerminatingError(HcsErrors.FileNotWritable(e, given));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject value in (InputObject ?? []).OfType<PSObject>())
        {
            if (ReportSample.Read(value) is { } sample)
            {
                _samples.Add(sample);
            }
            else if (ReportEvent.Read(value) is { } received)
            {
                _events.Add(received);
            }
            else
            {
                WriteError(HcsErrors.NotForReport(value));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!Guarded.Approve(_file, "Write the report"))
        {
            return;
        }

        try
        {
            ReportFile.Write(_file, new ReportPage(Title, _samples, _events).ToString(), Force, NoClobber);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(HcsErrors.FileNotWritable(e, _file));
        }

        if (PassThru)
        {
            // The item comes from the provider and is not a plain FileInfo: its table shows mode and owner.
            WriteObject(InvokeProvider.Item.Get([_file], force: true, literalPath: true), enumerateCollection: true);
        }
    }
}
