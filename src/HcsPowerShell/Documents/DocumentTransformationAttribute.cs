using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>
/// Converts typed objects, hashtables, JSON text and, for folders and pipes, a short text form to typed documents.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DocumentTransformationAttribute(Type document) : ArgumentTransformationAttribute
{
    /// <summary>The type of the document.</summary>
    public Type Document { get; } = document;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = DocumentReader.Plain(inputData);
        try
        {
            return value is IEnumerable list and not string and not IDictionary
                ? list.Cast<object>().Select(Read).ToArray()
                : Read(value)!;
        }
        catch (HcsDocumentException e)
        {
            throw new ArgumentTransformationMetadataException(
                VisibleText.OfMessage(e.Path == "$" ? e.Reason : e.Message), e);
        }
    }

    private HcsDocument? Read(object? value) => value switch
    {
        string json when ConfigurationText.IsDocument(json) => DocumentReader.Read(Document, json),
        null => null,
        string folder when Document == typeof(MappedDir) => ShortForm.MappedDir(folder),
        string pipe when Document == typeof(MappedPipe) => ShortForm.MappedPipe(pipe),
        string folder when Document == typeof(Layer) => new Layer { Path = folder },
        string text => throw new HcsDocumentException(
            "$", $"'{text}' is no {Document.Name}, which has no short text form; a hashtable such as {ExampleOf(Document)} is one"),
        _ => DocumentReader.Read(Document, value),
    };

    /// <summary>A hashtable that stands for a document.</summary>
    internal static string ExampleOf(Type document) =>
        document == typeof(Layer) ? @"@{ ID = '<guid>'; Path = 'C:\layers\base' }"
        : document == typeof(HostComputePolicy) ? "@{ Type = 'ACL'; Settings = @{ Action = 'Block'; Direction = 'In' } }"
        : document == typeof(MappedVirtualDisk) ? @"@{ HostPath = 'C:\disk.vhdx'; ContainerPath = 'C:\disk' }"
        : @"@{ ImagePath = 'C:\layers\base\UtilityVM' }";
}
