using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>
/// Prevents objects from becoming ids by their text: only a string, a GUID or an integer is an id. For an object that identifies its host,
/// the attribute takes the id of the object and remembers the host. Null and blank text are not ids.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContainerIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>True when a blank id, such as an empty column of a row, counts as not given.</summary>
    public bool BlankIsNone { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        return value switch
        {
            // The binder makes empty text of a plain null.
            string text when BlankIsNone && string.IsNullOrWhiteSpace(text) => NullString.Value,
            null => RequireText(value),
            IList list => list.Cast<object?>().Select(item => IdOf(item, engineIntrinsics)).ToArray(),
            _ => IdOf(inputData, engineIntrinsics),
        };
    }

    private static string IdOf(object? value, EngineIntrinsics engine) =>
        (value is null ? null : NamedObject.Id(value, engine)) ?? value.Unwrap() switch
        {
            null or string => RequireText(value.Unwrap()),
            Guid or int or long or uint => value!.ToString()!,
            _ => throw NotAnId(value!),
        };

    private static string RequireText(object? value) =>
        value is string text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new ArgumentTransformationMetadataException("The id of a container is null or blank.");

    // The inner invalid cast exception makes the binder try the properties of a piped object before it gives up.
    private static ArgumentTransformationMetadataException NotAnId(object value)
    {
        string message = $"A container is named by its id, which is text; '{value}' is not.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
