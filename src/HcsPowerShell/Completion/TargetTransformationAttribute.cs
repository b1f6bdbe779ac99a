using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>
/// Converts containers, processes, layers, images, networks and endpoints that were received or saved: each result stands for
/// the live object of the same name on the host that the object came from.
/// </summary>
/// <param name="target">The class of the result.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetTransformationAttribute(Type target) : ArgumentTransformationAttribute
{
    /// <summary>The class of the result.</summary>
    public Type Target { get; } = target;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Unwrap() is IList list
            ? FindAll(list, engineIntrinsics) ?? inputData
            : Find(inputData, engineIntrinsics) ?? inputData;

    // All items or none are converted, because the binder takes a list of the class before it tries ids.
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
        value.Unwrap() is var given && Target.IsInstanceOfType(given) ? given
        : value is not PSObject signs ? null
        : Target == typeof(HcsContainer) ? Container(signs, engine)
        : Target == typeof(HcsLayer) ? Layer(signs, engine)
        : Target == typeof(HcsMountedLayer) ? (IsOf(signs, Target) ? ReceivedObject.Mounted(Origin.Of(signs, engine)!, signs) : null)
        : Target == typeof(HcsImage) ? (IsOf(signs, Target) ? ReceivedObject.Image(Origin.Of(signs, engine)!, signs) : null)
        : Target == typeof(HcsNetwork) ? Network(signs, engine)
        : Target == typeof(HcsEndpoint) ? Endpoint(signs, engine)
        : Process(signs, engine);

    // Only a former container is converted: an event or a process also has a container id, and may be meant otherwise.
    private static HcsContainer? Container(PSObject signs, EngineIntrinsics engine) =>
        signs.TypeNames.Contains("Deserialized." + typeof(HcsContainer).FullName)
        && signs.Properties["Id"]?.Value?.ToString() is { Length: > 0 } id
            ? HcsContainer.Named(Origin.Of(signs, engine)!, id)
            : null;

    /// <summary>The layer that an object stands for; null for an object of another kind.</summary>
    internal static HcsLayer? Layer(PSObject signs, EngineIntrinsics engine) =>
        signs.BaseObject as HcsLayer
        ?? ((Text(signs, typeof(HcsLayer), "Path") ?? Text(signs, typeof(HcsMountedLayer), "LayerFolderPath")) is { } path
            ? HcsLayer.Named(Origin.Of(signs, engine)!, path)
            : null);

    private static HcsNetwork? Network(PSObject signs, EngineIntrinsics engine) =>
        Guid.TryParse(Text(signs, typeof(HcsNetwork), "Id"), out Guid id)
            ? HcsNetwork.Named(Origin.Of(signs, engine)!, id, Text(signs, typeof(HcsNetwork), "Name"))
            : null;

    private static HcsEndpoint? Endpoint(PSObject signs, EngineIntrinsics engine) =>
        Guid.TryParse(Text(signs, typeof(HcsEndpoint), "Id"), out Guid id)
            ? HcsEndpoint.Named(Origin.Of(signs, engine)!, id, Text(signs, typeof(HcsEndpoint), "Name"))
            : null;

    /// <summary>A property of an object of this class, live or deserialized; null for an object of another class.</summary>
    private static string? Text(PSObject signs, Type type, string property) =>
        IsOf(signs, type)
        && signs.Properties[property]?.Value?.ToString() is { Length: > 0 } text
            ? text
            : null;

    private static bool IsOf(PSObject signs, Type type) =>
        signs.TypeNames.Any(name => name == type.FullName || name == "Deserialized." + type.FullName);

    private static HcsProcess? Process(PSObject signs, EngineIntrinsics engine) =>
        signs.Properties["ContainerId"]?.Value?.ToString() is { Length: > 0 } containerId
        && (signs.Properties["ProcessId"] ?? signs.Properties["Pid"])?.Value is { } given
        && LanguagePrimitives.TryConvertTo(given, out uint processId)
        && Origin.Of(signs, engine) is { } host
            ? new HcsProcess(host, containerId, processId, host.Handles.Find(containerId, processId))
            : null;
}
