using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Commands;

/// <summary>
/// Converts values to JSON text: the document that New-HcsContainer would send or, with -As, any other document as
/// hcsshim writes it.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "HcsJson", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "ConvertTo-HcsJson.md")]
[OutputType(typeof(string))]
public sealed class ConvertToHcsJsonCommand : HcsDocumentCommand
{
    private const string ContainerSet = "Container";
    private const string AsSet = "As";

    private readonly JsonLines _lines = new();

    /// <summary>
    /// A hashtable, a typed document, an object, or JSON text, also line by line; or a container that this session
    /// created. Members have their JSON or Go names.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object InputObject { get; set; } = string.Empty;

    /// <summary>The type of the document. The command adds nothing to it, checks no ranges and masks nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AsSet)]
    [NotBlank]
    public HcsDocumentType As { get; set; }

    /// <summary>Id of the container, at most 255 characters; by default its name, else a new GUID.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Schema of the document: 1, which is the default, or 2 and 2.x.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [SchemaVersionTransformation]
    [ArgumentCompleter(typeof(SchemaVersionCompleter))]
    public SchemaVersion SchemaVersion { get; set; } = new() { Major = 1, Minor = 0 };

    /// <summary>A JSON object merged over the document; its values win.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string? AdditionalJson { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_lines.Take(InputObject) is { } whole)
        {
            Write(whole);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Rest is { } rest)
        {
            Write(rest);
        }
    }

    private void Write(object value)
    {
        if (OutputObject.TypeNameOf(value) is { } type)
        {
            WriteKept(value, type);
            return;
        }

        if (ParameterSetName == AsSet)
        {
            Guarded.Run($"write a {As}", value, () =>
            {
                ConfigurationText.Refuse(this, value, "Get-Content -Raw {0} | ConvertTo-HcsJson -As " + As);
                WriteObject(HcsJson.Write(DocumentReader.Read(DocumentClass.Of(As), value)));
            });
        }
        else
        {
            Guarded.Run("write the document of a container", value, () =>
            {
                ConfigurationText.Refuse(this, value, "Import-HcsConfiguration {0} | ConvertTo-HcsJson");
                ContainerDraft draft = Draft(value);
                WriteObject(SecretMask.Show(draft.Document, draft.Type));
            });
        }
    }

    /// <summary>Writes the document that a container of this session was created from.</summary>
    private void WriteKept(object value, string type)
    {
        if (ParameterSetName == ContainerSet && TrackedOf(value)?.CreatedFrom is { } from)
        {
            WriteObject(SecretMask.Show(from.Document, from.Type));
            return;
        }

        WriteError(HcsErrors.NotAConfiguration(
            value,
            type,
            "write the document of",
            "ConvertTo-Json writes the object itself; the configuration is known of a container that New-HcsContainer "
                + "created in this session."));
    }

    private static TrackedContainer? TrackedOf(object value) =>
        DocumentReader.Plain(value) is HcsContainer container
            ? container.Tracked ?? container.Host.Handles.Find(container.Id)
            : null;

    private ContainerDraft Draft(object value)
    {
        var row = ConfigurationRow.Of(value);
        string? id = Id ?? row.Id;
        bool isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(SchemaVersion));
        SchemaVersion version = isGiven ? SchemaVersion : row.SchemaVersion ?? SchemaVersion;
        return DocumentReader.ReadConfiguration(row.Configuration) switch
        {
            ComputeSystem whole => ContainerDraft.Whole(whole, id, AdditionalJson),
            HcsDocument config => ContainerDraft.Complete((ContainerConfig)config, id, version, AdditionalJson),
        };
    }
}
