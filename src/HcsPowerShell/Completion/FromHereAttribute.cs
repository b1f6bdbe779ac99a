using System;
using System.Collections;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Refuses ids that came from another process or machine, because they may name other objects here.</summary>
/// <param name="kind">The kind of object that the ids name, as it begins a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromHereAttribute(string kind) : ArgumentTransformationAttribute
{
    /// <summary>The kind of object that the ids name.</summary>
    public string Kind { get; } = kind;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        foreach (object? id in LanguagePrimitives.GetEnumerable(inputData) ?? new[] { inputData })
        {
            // A number that is bound does not remember its host, as text does.
            HcsHost? origin = Origin.Of(id, engineIntrinsics);
            if ((origin?.Elsewhere ?? origin?.Session?.Place) is { } place)
            {
                throw new ArgumentTransformationMetadataException($"{Kind} {id} {place.Sentence}");
            }
        }

        return inputData;
    }
}
