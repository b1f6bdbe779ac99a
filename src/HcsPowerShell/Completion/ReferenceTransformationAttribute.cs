using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>
/// Converts objects of one class, live or received, to their ids, an image to its name, and remembers their hosts. Text is a name or an id.
/// </summary>
/// <param name="target">The class of the objects.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceTransformationAttribute(Type target) : ArgumentTransformationAttribute
{
    /// <summary>The class of the objects.</summary>
    public Type Target { get; } = target;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Unwrap() is IList list
            ? list.Cast<object?>().Select(item => NameOf(item, engineIntrinsics)).ToArray()
            : NameOf(inputData, engineIntrinsics);

    private string NameOf(object? value, EngineIntrinsics engine) => value.Unwrap() switch
    {
        null => throw new ArgumentTransformationMetadataException("The value is null."),
        string text => string.IsNullOrWhiteSpace(text)
            ? throw new ArgumentTransformationMetadataException("The value is blank.")
            : (value is PSObject ? NamedObject.IdOf(value, engine) : null) ?? text,
        Guid or int or long => value.Unwrap()!.ToString()!,
        var other => (OutputObject.IsOf(value!, Target) ? ReferenceTo(value!, engine) : null) ?? throw NotOne(other!),
    };

    // An image has no id on its host but its name, or the digest of one without a name.
    private string? ReferenceTo(object value, EngineIntrinsics engine)
    {
        var image = new PropertiesOf(PSObject.AsPSObject(value));
        return OutputObject.IsOf(value, typeof(HcsImage))
            && Origin.Of(value, engine) is { } host
            && (image.Text("Name") ?? image.Text("Digest")) is { } name
                ? NamedObject.PathOn(host, name)
                : NamedObject.IdOf(value, engine, Target);
    }

    // The inner invalid cast exception makes the binder try another parameter for a piped object.
    private ArgumentTransformationMetadataException NotOne(object value)
    {
        string message = $"'{value}' is neither a name, an id nor an object of the class {Target.Name}.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
