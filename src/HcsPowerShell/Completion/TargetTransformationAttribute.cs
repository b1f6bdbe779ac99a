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
        : Target == typeof(HcsMountedLayer) ? Mounted(signs, engine)
        : Target == typeof(HcsImage) ? Image(signs, engine)
        : Target == typeof(HcsNetwork) ? Network(signs, engine)
        : Target == typeof(HcsEndpoint) ? Endpoint(signs, engine)
        : Process(signs, engine);

    // Only a former container is converted: an event or a process also has a container id, and may be meant otherwise.
    private static HcsContainer? Container(PSObject signs, EngineIntrinsics engine) =>
        Home(signs, typeof(HcsContainer), engine) is { } home && Text(signs, "Id") is { } id ? HcsContainer.Named(home, id) : null;

    /// <summary>The layer that an object stands for; null for an object of another kind.</summary>
    internal static HcsLayer? Layer(PSObject signs, EngineIntrinsics engine) =>
        signs.BaseObject as HcsLayer
        ?? Layer(signs, typeof(HcsLayer), "Path", engine)
        ?? Layer(signs, typeof(HcsMountedLayer), "LayerFolderPath", engine);

    private static HcsLayer? Layer(PSObject signs, Type type, string property, EngineIntrinsics engine) =>
        Home(signs, type, engine) is { } home && Text(signs, property) is { } path ? HcsLayer.Named(home, path) : null;

    private static HcsMountedLayer? Mounted(PSObject signs, EngineIntrinsics engine) =>
        Home(signs, typeof(HcsMountedLayer), engine) is { } home ? ReceivedObject.Mounted(home, signs) : null;

    private static HcsImage? Image(PSObject signs, EngineIntrinsics engine) =>
        Home(signs, typeof(HcsImage), engine) is { } home ? ReceivedObject.Image(home, signs) : null;

    private static HcsNetwork? Network(PSObject signs, EngineIntrinsics engine) =>
        Home(signs, typeof(HcsNetwork), engine) is { } home && Guid.TryParse(Text(signs, "Id"), out Guid id)
            ? HcsNetwork.Named(home, id, Text(signs, "Name"))
            : null;

    private static HcsEndpoint? Endpoint(PSObject signs, EngineIntrinsics engine) =>
        Home(signs, typeof(HcsEndpoint), engine) is { } home && Guid.TryParse(Text(signs, "Id"), out Guid id)
            ? HcsEndpoint.Named(home, id, Text(signs, "Name"))
            : null;

    /// <summary>The host of an object of this class; null for an object of another class, and for a copy that tells no host.</summary>
    private static HcsHost? Home(PSObject signs, Type type, EngineIntrinsics engine) =>
        OutputObject.IsOf(signs, type) ? Origin.Of(signs, engine) : null;

    private static string? Text(PSObject signs, string property) => new PropertiesOf(signs).Text(property);

    private static HcsProcess? Process(PSObject signs, EngineIntrinsics engine) =>
        signs.Properties["ContainerId"]?.Value?.ToString() is { Length: > 0 } containerId
        && (signs.Properties["ProcessId"] ?? signs.Properties["Pid"])?.Value is { } given
        && LanguagePrimitives.TryConvertTo(given, out uint processId)
        && Origin.Of(signs, engine) is { } host
            ? new HcsProcess(host, containerId, processId, host.Handles.Find(containerId, processId))
            : null;
}
