using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Takes typed objects, hashtables and, where people know one, a short text form for a structured value.</summary>
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
                : Read(value);
        }
        catch (HcsDocumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private object Read(object value) =>
        Document == typeof(Layer) ? DocumentReader.Read<Layer>(value)
        : Document == typeof(MappedDir) ? value is string folder ? ShortForm.MappedDir(folder) : DocumentReader.Read<MappedDir>(value)
        : Document == typeof(MappedPipe) ? value is string pipe ? ShortForm.MappedPipe(pipe) : DocumentReader.Read<MappedPipe>(value)
        : Document == typeof(MappedVirtualDisk) ? DocumentReader.Read<MappedVirtualDisk>(value)
        : Document == typeof(HvRuntime) ? DocumentReader.Read<HvRuntime>(value)
        : throw new InvalidOperationException("No structured value is a " + Document.Name);
}
