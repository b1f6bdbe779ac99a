using System;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell.Completion;

/// <summary>
/// Keeps objects from becoming ids by their text: only a string is an id. A deserialized container binds by its
/// property, a process not at all.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContainerIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            PSCustomObject when IsDeserializedContainer((PSObject)inputData) => ((PSObject)inputData).Properties["Id"].Value,
            string or string[] => value,
            object[] list when list.All(item => Unwrap(item) is string) => value,
            null => throw new ArgumentTransformationMetadataException("An id cannot be null."),
            object[] or PSCustomObject => throw NotAnId(inputData),
            Guid or int or long or uint => inputData.ToString(),
            _ => throw NotAnId(inputData),
        };
    }

    private static bool IsDeserializedContainer(PSObject value) =>
        value.TypeNames.Contains("Deserialized." + typeof(HcsContainer).FullName) && value.Properties["Id"] is not null;

    private static object Unwrap(object item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    // The invalid cast inside tells the binder to try the properties of a piped object before it gives up.
    private static ArgumentTransformationMetadataException NotAnId(object value)
    {
        string message = $"A container is named by its id, which is text; '{value}' is not.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
