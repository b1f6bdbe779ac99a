using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Completion;

/// <summary>
/// Converts layers, and images with all their layers, to the paths of folders. Those of another machine are refused,
/// because a path may name another folder here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerPathTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Unwrap() is IList list
            ? list.Cast<object>().SelectMany(item => PathsOf(item, engineIntrinsics)).ToArray()
            : PathsOf(inputData, engineIntrinsics);

    private static object[] PathsOf(object value, EngineIntrinsics engine)
    {
        if (value.Unwrap() is string || value is not PSObject signs)
        {
            return [value];
        }

        object[]? paths =
            TargetTransformationAttribute.Layer(signs, engine) is { } layer ? [layer.Path]
            : OutputObject.IsOf(signs, typeof(HcsImage))
                && LanguagePrimitives.GetEnumerable(signs.Properties["Layers"]?.Value) is { } layers
                ? [.. layers.Cast<object>()]
            : null;
        HcsHost? host = paths is null ? null : Origin.Of(signs, engine);
        return paths is null ? [value]
            : host?.Elsewhere is { } place ? throw new ArgumentTransformationMetadataException($"'{value}' {place.Sentence}")
            : host?.Session is null ? paths
            : [.. paths.Select(path => NamedObject.PathOn(host, path.ToString()!))];
    }
}
