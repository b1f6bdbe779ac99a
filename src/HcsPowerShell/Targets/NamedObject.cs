using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Targets;

/// <summary>The object that an id was taken from. The text of the id alone does not identify the host.</summary>
/// <param name="Host">The host that the object came from.</param>
/// <param name="ProcessId">The process id, when the object is a process; otherwise null.</param>
/// <param name="IsPattern">True when the id may be a pattern, because the user wrote it, as in a row of a file.</param>
/// <param name="IsText">True for a path or the name of an image, which names nothing without its host, but is no id.</param>
/// <param name="Class">The class of the object, where an id of another class is refused; otherwise null.</param>
/// <param name="Name">The name of the object, when it has one besides its id; otherwise null.</param>
internal sealed record NamedObject(
    HcsHost Host, object? ProcessId, bool IsPattern, bool IsText = false, Type? Class = null, string? Name = null)
{
    private static readonly ConditionalWeakTable<string, NamedObject> s_byId = new();

    /// <summary>
    /// The id, as a separate string instance that <see cref="Of"/> recognizes; null for an object that has no id or
    /// does not identify its host.
    /// </summary>
    /// <remarks>A live container binds as an object, to the parameter for objects.</remarks>
    public static string? Id(object value, EngineIntrinsics engine) =>
        PSObject.AsPSObject(value).BaseObject is HcsContainer ? null : IdOf(value, engine);

    /// <summary>The same, for a live container too.</summary>
    /// <param name="value">The object.</param>
    /// <param name="engine">The engine that the object is in.</param>
    /// <param name="class">The class of the object, where an id of another class is refused.</param>
    public static string? IdOf(object value, EngineIntrinsics engine, Type? @class = null)
    {
        if (Origin.Of(value, engine) is not { } host)
        {
            return null;
        }

        var named = PSObject.AsPSObject(value);
        object? given = named.BaseObject is string or ValueType ? named.BaseObject
            : Property(named, "Id") ?? Property(named, "ContainerId");
        if (given?.ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        string id = new(text.ToCharArray());
        s_byId.Add(id, new NamedObject(
            host,
            Property(named, "ProcessId"),
            named.Properties["HostInstance"] is null,
            Class: @class,
            Name: Property(named, "Name")?.ToString()));
        return id;
    }

    /// <summary>A path, or the name of an image, on a host, as a separate string instance that <see cref="Of"/> recognizes.</summary>
    public static string PathOn(HcsHost host, string path)
    {
        string own = new(path.ToCharArray());
        s_byId.Add(own, new NamedObject(host, ProcessId: null, IsPattern: false, IsText: true));
        return own;
    }

    /// <summary>The object that an id was taken from; null for an id that is only text.</summary>
    public static NamedObject? Of(string id) => s_byId.TryGetValue(id, out NamedObject? named) ? named : null;

    /// <summary>The text by which messages name the value of a parameter: its name and its id, where it has both.</summary>
    public static string Shown(object value) => value switch
    {
        HcsNetwork network => Shown(network.Name, network.Id.ToString()),
        HcsEndpoint endpoint => Shown(endpoint.Name, endpoint.Id.ToString()),
        string id => Shown(Of(id)?.Name, id),
        _ => $"'{value}'",
    };

    private static string Shown(string? name, string id) =>
        string.IsNullOrEmpty(name) || name == id ? $"'{id}'" : $"'{name}' ({id})";

    private static object? Property(PSObject value, string name) => value.Properties[name]?.Value;
}
