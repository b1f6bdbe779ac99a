using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Commands;

/// <summary>Converts JSON text to typed documents. Unknown members are kept and written back.</summary>
[Cmdlet(VerbsData.ConvertFrom, "HcsJson",
    HelpUri = HelpPages.Address + "ConvertFrom-HcsJson.md")]
[OutputType(typeof(HcsDocument))]
public sealed class ConvertFromHcsJsonCommand : HcsDocumentCommand
{
    private readonly JsonLines _lines = new();

    /// <summary>JSON text: each string is a document or, as Get-Content writes it, a line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [NoOutputObject("give JSON text, such as what ConvertTo-HcsJson writes")]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>
    /// The type of the document; by default ContainerConfig, or ComputeSystem when the text names schema 2.
    /// </summary>
    [Parameter]
    [NotBlank]
    public HcsDocumentType? As { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_lines.Add(InputObject) is { } text)
        {
            Read(text);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Rest is { } rest)
        {
            Read(rest);
        }
    }

    private void Read(string text) => Guarded.Run("read the document", text, () =>
    {
        ConfigurationText.Refuse(this, text, "Import-HcsConfiguration {0}");
        WriteObject(
            As is { } type ? DocumentReader.Read(DocumentClass.Of(type), text) : DocumentReader.ReadConfiguration(text));
    });
}
