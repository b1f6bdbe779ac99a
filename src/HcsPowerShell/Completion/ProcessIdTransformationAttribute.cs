using System;
using System.Collections;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Refuses numbers that came from another process or machine: here they may be the ids of other processes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProcessIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        foreach (object? id in LanguagePrimitives.GetEnumerable(inputData) ?? new[] { inputData })
        {
            if (Origin.Of(id, engineIntrinsics)?.Elsewhere is { } place)
            {
                throw new ArgumentTransformationMetadataException($"Process {id} {place.Sentence}");
            }
        }

        return inputData;
    }
}
