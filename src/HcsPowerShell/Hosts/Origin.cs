using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HcsPowerShell.Hosts;

/// <summary>Tells by what an object carries which host it came from. Names of computers are never compared.</summary>
internal static class Origin
{
    /// <summary>
    /// The host; one that stands for elsewhere where it is none of this process; null for what carries no sign of any, as a
    /// bare id does.
    /// </summary>
    /// <param name="value">Whatever was given.</param>
    /// <param name="engine">The session it was given in.</param>
    /// <exception cref="HostNotFoundException">It names a host that this process does not have, and nothing else.</exception>
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
        : HcsHosts.Find(instance, Name(signs)) is { } known ? known
        : HcsHosts.HasEnded(instance) ? HcsHost.StandIn(Name(signs), Elsewhere.Ended(Name(signs)))
        : StandIn(signs);

    private static HcsHost StandIn(PSObject signs)
    {
        string? computer = Text(signs, "PSComputerName");
        Elsewhere place =

            // So the engine names every job's process; this is for the wording alone.
            computer == "localhost" && Text(signs, "PSShowComputerName") == bool.FalseString ? Elsewhere.InJob
            : computer is not null && Guid.TryParse(Text(signs, "RunspaceId"), out Guid runspace)
                ? Elsewhere.BehindSession(computer, runspace)
            : (computer ?? Text(signs, "ComputerName")) is { } name ? Elsewhere.OnComputer(name)
            : Elsewhere.Untold;
        return HcsHost.StandIn(Name(signs), place);
    }

    // The name of the host is in the property, or the object is the host, or its name.
    private static string Name(PSObject signs) =>
        Text(signs, "HcsHost") ?? Text(signs, "Name") ?? signs.BaseObject as string ?? string.Empty;

    // The engine marks so what another runspace handed over, of this machine or another. In a session that a caller has
    // opened to this process the marks are the caller's: an id that comes home bears the caller's name of this session.
    private static bool IsReceived(PSObject signs, EngineIntrinsics? engine) =>
        Text(signs, "RunspaceId") is { } runspace
            ? engine?.Host.Name != "ServerRemoteHost" && runspace != Runspace.DefaultRunspace?.InstanceId.ToString()
            : Text(signs, "PSComputerName") is not null;

    private static bool IsDeserialized(PSObject signs) =>
        signs.TypeNames.Any(name => name.StartsWith("Deserialized.HcsPowerShell.", StringComparison.Ordinal));

    private static string? Text(PSObject signs, string property) =>
        Value(signs, property)?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static object? Value(PSObject signs, string property) => signs.Properties[property]?.Value switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => wrapped.BaseObject,
        var value => value,
    };
}
