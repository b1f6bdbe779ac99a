using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>Makes live objects of what a command on a host behind a session wrote.</summary>
/// <remarks>
/// Containers and processes become objects of their classes again. All others stay as the engine made them, with the
/// marks that Invoke-Command also sets: by them and by HostInstance, each tells where it is from.
/// </remarks>
internal static class ReceivedObject
{
    /// <summary>The object of this process for an object from a host.</summary>
    public static object From(HcsHost host, PSObject received) =>
        Is(received, typeof(HcsContainer)) && Text(received, "Id") is { } id ? Container(HomeOf(received, host), id, received)
        : Is(received, typeof(HcsProcess)) && Process(HomeOf(received, host), received) is { } process ? process
        : Marked(host, received);

    /// <summary>The properties of a host from the object that Get-HcsHost wrote there.</summary>
    public static HcsHost Host(HostSession session, string name, PSObject received)
    {
        HostProperties properties = new()
        {
            Kind = HostKind.Remote,
            Isolation = Text(received, "Isolation"),
            IsolationLack = Text(received, "IsolationLack"),
            OSVersion = Version(received, "OSVersion"),
            IsElevated = Value(received, "IsElevated") as bool?,
            Api = List(received, "Api"),
            SchemaVersions = List(received, "SchemaVersions"),
            UnenforcedContainerMembers = List(received, "UnenforcedContainerMembers"),
            UnenforcedSystemMembers = List(received, "UnenforcedSystemMembers"),
            UnenforcedResources = List(received, "UnenforcedResources"),
            UnenforcedProcessMembers = List(received, "UnenforcedProcessMembers"),
        };
        HcsHost host = HcsHost.Behind(
            session,
            name,
            Text(received, "ComputerName") ?? session.Computer,
            Guid.TryParse(Text(received, "HostInstance"), out Guid instance) ? instance : Guid.NewGuid(),
            Version(received, "ModuleVersion"),
            properties);
        host.NetworkVersion = Version(received, "NetworkVersion");
        return host;
    }

    private static HcsContainer Container(HcsHost host, string id, PSObject received)
    {
        ContainerProperties properties =
            (Text(received, "Document") is { } document ? HcsJson.ReadFitting<ContainerProperties>(document) : null)
            ?? new ContainerProperties { Id = id };

        // What the session there has seen since is not in the document.
        properties.State = Text(received, "State");
        properties.Stopped = Value(received, "Stopped") is true;
        properties.ExitType = Text(received, "ExitType");
        return new HcsContainer(host, properties, tracked: null);
    }

    private static HcsProcess? Process(HcsHost host, PSObject received)
    {
        if (Text(received, "ContainerId") is not { } container
            || !LanguagePrimitives.TryConvertTo(Value(received, "ProcessId"), out uint id))
        {
            return null;
        }

        HcsProcess process =
            Text(received, "Document") is { } document && HcsJson.ReadFitting<ProcessListItem>(document) is { } item
                ? new HcsProcess(host, container, item, tracked: null)
                : new HcsProcess(host, container, id, tracked: null);
        process.ImageName = Text(received, "ImageName");
        process.CommandLine = Text(received, "CommandLine");
        process.StartTime = Value(received, "StartTime") is DateTimeOffset start ? start : process.StartTime;
        process.ReceivedExit = Value(received, "HasExited") is true
            ? new ReceivedExit(Value(received, "ExitCode") as long?, Value(received, "IsOutOfMemory") is true)
            : null;
        return process;
    }

    // A process may have several hosts.
    private static HcsHost HomeOf(PSObject received, HcsHost host) =>
        Guid.TryParse(Text(received, "HostInstance"), out Guid instance) && instance != host.HostInstance
            ? host.Beside(Text(received, "HcsHost") ?? host.Name, instance)
            : host;

    // The host there has another name. It is that of this process now, as for a live object.
    private static PSObject Marked(HcsHost host, PSObject received)
    {
        if (received.Properties["HcsHost"] is { IsSettable: true } home)
        {
            home.Value = HomeOf(received, host);
        }

        Mark("PSComputerName", host.Session!.Computer);
        Mark("RunspaceId", host.Session.InstanceId);
        Mark("PSShowComputerName", false);
        return received;

        void Mark(string name, object value)
        {
            if (received.Properties[name] is null)
            {
                received.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
            }
        }
    }

    private static bool Is(PSObject received, Type type) => received.TypeNames.Contains("Deserialized." + type.FullName);

    private static string[] List(PSObject received, string property) =>
    [
        .. (LanguagePrimitives.GetEnumerable(Value(received, property)) ?? Array.Empty<object>()).Cast<object?>()
            .Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? string.Empty),
    ];

    private static Version? Version(PSObject received, string property) =>
        System.Version.TryParse(Text(received, property), out Version? version) ? version : null;

    private static string? Text(PSObject received, string property) =>
        Value(received, property)?.ToString() is { Length: > 0 } text ? text : null;

    private static object? Value(PSObject received, string property) => received.Properties[property]?.Value.Unwrap();
}
