using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Documents;

/// <summary>
/// Refuses the output objects of the module where text is expected. Otherwise the binder takes the id of a container for
/// the text.
/// </summary>
/// <param name="expected">The value that is expected instead, as it ends a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoOutputObjectAttribute(string expected) : ArgumentTransformationAttribute
{
    /// <summary>The value that is expected instead, as it ends a sentence.</summary>
    public string Expected { get; } = expected;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData.Unwrap();
        foreach (object? item in plain is IList list ? list.Cast<object?>() : [inputData])
        {
            if (item is not null && OutputObject.TypeNameOf(item) is { } type)
            {
                throw new ArgumentTransformationMetadataException($"'{item}' is an {type}; {Expected}.");
            }
        }

        return inputData;
    }
}
