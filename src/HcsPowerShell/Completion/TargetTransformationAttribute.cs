using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>
/// Takes containers and processes that were handed over or saved where live ones are wanted: each stands for the one of
/// its id on the host it came from.
/// </summary>
/// <param name="target">The class that is wanted.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetTransformationAttribute(Type target) : ArgumentTransformationAttribute
{
    /// <summary>The class that is wanted.</summary>
    public Type Target { get; } = target;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList list
            ? FindAll(list, engineIntrinsics) ?? inputData
            : Find(inputData, engineIntrinsics) ?? inputData;

    // All or none, for the binder takes a list of the wanted class before it looks at ids.
    private Array? FindAll(IList values, EngineIntrinsics engine)
    {
        object?[] found = [.. values.Cast<object>().Select(value => Find(value, engine))];
        if (found.Contains(null))
        {
            return null;
        }

        var all = Array.CreateInstance(Target, found.Length);
        found.CopyTo(all, 0);
        return all;
    }

    private object? Find(object value, EngineIntrinsics engine) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is var given && Target.IsInstanceOfType(given) ? given
        : value is not PSObject signs ? null
        : Target == typeof(HcsContainer) ? Container(signs, engine)
        : Process(signs, engine);

    // Only what was a container: an event or a process tells its container's id too, and may be meant otherwise.
    private static HcsContainer? Container(PSObject signs, EngineIntrinsics engine) =>
        signs.TypeNames.Contains("Deserialized." + typeof(HcsContainer).FullName)
        && signs.Properties["Id"]?.Value?.ToString() is { Length: > 0 } id
            ? HcsContainer.Named(Origin.Of(signs, engine)!, id)
            : null;

    private static HcsProcess? Process(PSObject signs, EngineIntrinsics engine) =>
        signs.Properties["ContainerId"]?.Value?.ToString() is { Length: > 0 } containerId
        && (signs.Properties["ProcessId"] ?? signs.Properties["Pid"])?.Value is { } given
        && LanguagePrimitives.TryConvertTo(given, out uint processId)
        && Origin.Of(signs, engine) is { } host
            ? new HcsProcess(host, containerId, processId, host.Handles.Find(containerId, processId))
            : null;
}
