using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>
/// Keeps objects from becoming ids by their text: only a string is an id. An object that tells its host is named by its
/// id, which keeps that host.
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
            null => throw new ArgumentTransformationMetadataException("An id cannot be null."),
            string[] => value,
            IList list => list.Cast<object>().Select(item => IdOf(item, engineIntrinsics)).ToArray(),
            _ => IdOf(inputData, engineIntrinsics),
        };
    }

    private static string IdOf(object value, EngineIntrinsics engine) =>
        NamedObject.Id(value, engine) ?? (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            string text => text,
            Guid or int or long or uint => value.ToString(),
            _ => throw NotAnId(value),
        };

    // The invalid cast inside tells the binder to try the properties of a piped object before it gives up.
    private static ArgumentTransformationMetadataException NotAnId(object value)
    {
        string message = $"A container is named by its id, which is text; '{value}' is not.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
