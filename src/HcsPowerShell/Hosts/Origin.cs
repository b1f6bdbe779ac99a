using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Hosts;

/// <summary>
/// Finds the host that an object came from, by the properties of the object. Computer names are never compared.
/// </summary>
internal static class Origin
{
    /// <summary>
    /// The host; a stand-in when the host is outside this process; null for a value without any sign of a host, such as
    /// a bare id.
    /// </summary>
    /// <param name="value">The value that a command received.</param>
    /// <param name="engine">The session that received the value.</param>
    /// <exception cref="HostNotFoundException">
    /// The value names a host that this process does not have, and carries no other sign of a host.
    /// </exception>
    public static HcsHost? Of(object? value, EngineIntrinsics? engine)
    {
        if (value is null || (value is not PSObject && value is string or ValueType))
        {
            return null;
        }

        var signs = PSObject.AsPSObject(value);
        object? host = Value(signs, "HcsHost");
        return (signs.BaseObject as HcsHost ?? host as HcsHost)
            ?? (Text(signs, "HostInstance") is { } instance ? OfInstance(signs, instance)
                : IsReceived(signs, engine) || IsDeserialized(signs) ? StandIn(signs)
                : host is PSObject deserialized ? Of(deserialized, engine)
                : Text(signs, "HcsHost") is { } name ? HcsHosts.Require(name)
                : null);
    }

    private static HcsHost OfInstance(PSObject signs, string text) =>
        !Guid.TryParse(text, out Guid instance) ? StandIn(signs)
        : HcsHosts.Find(instance, Name(signs)) is { } known
            ? known.Session is not null && IsSecondHand(signs)
                ? HcsHost.StandIn(known.Name, Elsewhere.SecondHand(known.Name))
                : known
        : HcsHosts.HasEnded(instance) ? HcsHost.StandIn(Name(signs), Elsewhere.Ended(Name(signs)))
        : StandIn(signs);

    private static HcsHost StandIn(PSObject signs)
    {
        if (Guid.TryParse(Text(signs, "RunspaceId"), out Guid session) && HcsHosts.Behind(session) is { } connected)
        {
            if (IsSecondHand(signs))
            {
                return HcsHost.StandIn(Name(signs), Elsewhere.SecondHandOf(connected.ComputerName));
            }

            // Another host of that process is reached in the same way.
            return Guid.TryParse(Text(signs, "HostInstance"), out Guid own)
                ? connected.Beside(Name(signs), own)
                : connected;
        }

        string? computer = Text(signs, "PSComputerName");
        Elsewhere place =

            // The engine uses these values for the process of every job. They only affect the wording.
            computer == "localhost" && Text(signs, "PSShowComputerName") == bool.FalseString ? Elsewhere.InJob
            : computer is not null && Guid.TryParse(Text(signs, "RunspaceId"), out Guid runspace)
                ? Elsewhere.BehindSession(computer, runspace)
            : (computer ?? Text(signs, "ComputerName")) is { } name ? Elsewhere.OnComputer(name)
            : Elsewhere.Untold;
        return HcsHost.StandIn(Name(signs), place);
    }

    // The name of the host is in the property HcsHost; otherwise the object is the host or its name.
    private static string Name(PSObject signs) =>
        Text(signs, "HcsHost") ?? Text(signs, "Name") ?? signs.BaseObject as string ?? string.Empty;

    // The engine adds these properties to objects from another runspace, on this machine or another. In a session that
    // a client has opened to this process, they come from the client: an id that returns here carries the client's id
    // of this session.
    private static bool IsReceived(PSObject signs, EngineIntrinsics? engine) =>
        Text(signs, "RunspaceId") is { } runspace
            ? engine?.Host.Name != "ServerRemoteHost" && runspace != Runspace.DefaultRunspace?.InstanceId.ToString()
            : Text(signs, "PSComputerName") is not null;

    private static bool IsDeserialized(PSObject signs) =>
        signs.TypeNames.Any(name => name.StartsWith("Deserialized.HcsPowerShell.", StringComparison.Ordinal));

    // The types file gives a received object this alias, which becomes a plain property when the object is serialized once
    // more. An object that has come back to the process of its host needs no such proof: nothing else has its HostInstance.
    private static bool IsSecondHand(PSObject signs) => signs.Properties["HostOfOriginal"] is PSNoteProperty;

    private static string? Text(PSObject signs, string property) =>
        Value(signs, property)?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static object? Value(PSObject signs, string property) => signs.Properties[property]?.Value switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => wrapped.BaseObject,
        var value => value,
    };
}
