using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Targets;

/// <summary>The object whose id was given where an id is wanted: the text alone does not tell its host.</summary>
/// <param name="Host">The host it came from.</param>
/// <param name="ProcessId">What tells that it is a process; else null.</param>
/// <param name="IsPattern">Its id may be a pattern: a person wrote it, as a row of a file.</param>
internal sealed record NamedObject(HcsHost Host, object? ProcessId, bool IsPattern)
{
    private static readonly ConditionalWeakTable<string, NamedObject> s_byId = new();

    /// <summary>The id, as a text of its own that <see cref="Of"/> knows again; null for what has no id or tells no host.</summary>
    public static string? Id(object value, EngineIntrinsics engine)
    {
        // A live container is taken as what it is, by the parameter for that.
        if (Origin.Of(value, engine) is not { } host || PSObject.AsPSObject(value) is not { BaseObject: not HcsContainer } named)
        {
            return null;
        }

        object? given = named.BaseObject is string or ValueType ? named.BaseObject
            : Property(named, "Id") ?? Property(named, "ContainerId");
        if (given?.ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        string id = new(text.ToCharArray());
        s_byId.Add(id, new NamedObject(host, Property(named, "ProcessId"), named.Properties["HostInstance"] is null));
        return id;
    }

    /// <summary>The object an id was taken from; null for an id that is only text.</summary>
    public static NamedObject? Of(string id) => s_byId.TryGetValue(id, out NamedObject? named) ? named : null;

    private static object? Property(PSObject value, string name) => value.Properties[name]?.Value;
}
