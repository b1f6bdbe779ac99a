using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>
/// Converts layers to the absolute paths of their folders. A layer of another machine is refused, because its path may
/// name another folder here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerPathTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Unwrap() is IList list
            ? list.Cast<object>().Select(item => PathOf(item, engineIntrinsics)).ToArray()
            : PathOf(inputData, engineIntrinsics);

    private static object PathOf(object value, EngineIntrinsics engine)
    {
        if (value.Unwrap() is string text)
        {
            return text;
        }

        if (value is not PSObject signs || TargetTransformationAttribute.Layer(signs, engine) is not { } layer)
        {
            return value;
        }

        return layer.Host.Elsewhere is { } place
            ? throw new ArgumentTransformationMetadataException($"Layer {layer} {place.Sentence}")
            : layer.Path;
    }
}
