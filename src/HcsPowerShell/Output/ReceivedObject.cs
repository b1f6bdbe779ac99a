using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>Makes live objects of what a command on a host behind a session wrote.</summary>
/// <remarks>
/// An object of a host becomes one of its class again. All others, and one of a newer module that does not fit, stay as the
/// engine made them, with the marks that Invoke-Command also sets: by them and by HostInstance, each tells where it is from.
/// </remarks>
internal static class ReceivedObject
{
    private static readonly Dictionary<string, Func<HcsHost, PSObject, HcsOutput?>> s_classes = new()
    {
        [nameof(HcsContainer)] = Container,
        [nameof(HcsVirtualMachine)] = Container,
        [nameof(HcsProcess)] = (host, received) => Process(host, new PropertiesOf(received)),
        [nameof(HcsProcessResult)] = Result,
        [nameof(HcsExitStatus)] = ExitStatus,
        [nameof(HcsStatistics)] = Sample,
        [nameof(HcsEvent)] = Event,
        [nameof(HcsNetworkEvent)] = NetworkEvent,
        [nameof(HcsLayer)] = Layer,
        [nameof(HcsMountedLayer)] = (host, received) => Mounted(host, received),
        [nameof(HcsImage)] = (host, received) => Image(host, received),
        [nameof(HcsNetwork)] = Network,
        [nameof(HcsEndpoint)] = Endpoint,
        [nameof(HcsMappedVirtualDisk)] = Disk,
    };

    /// <summary>The object of this process for an object from a host.</summary>
    public static object From(HcsHost host, PSObject received) =>
        (received.BaseObject is PSCustomObject
            && OutputObject.TypeNameOf(received) is { } name
            && s_classes.TryGetValue(name, out Func<HcsHost, PSObject, HcsOutput?>? make)
                ? make(HomeOf(received, host), received)
                : null)
        ?? (object)Marked(host, received);

    /// <summary>The properties of a host from the object that Get-HcsHost wrote there.</summary>
    public static HcsHost Host(HostSession session, string name, PSObject received)
    {
        var told = new PropertiesOf(received);
        HostProperties properties = new()
        {
            Kind = HostKind.Remote,
            Isolation = told.Text("Isolation"),
            IsolationLack = told.Text("IsolationLack"),
            OSVersion = told.Version("OSVersion"),
            IsElevated = told.Find<bool>("IsElevated"),
            Api = told.List("Api"),
            SchemaVersions = told.List("SchemaVersions"),
            UnenforcedContainerMembers = told.List("UnenforcedContainerMembers"),
            UnenforcedSystemMembers = told.List("UnenforcedSystemMembers"),
            UnenforcedResources = told.List("UnenforcedResources"),
            UnenforcedProcessMembers = told.List("UnenforcedProcessMembers"),
        };
        HcsHost host = HcsHost.Behind(
            session, name, told.Find<Guid>("HostInstance") ?? Guid.NewGuid(), told.Version("ModuleVersion"), properties);
        host.NetworkVersion = told.Version("NetworkVersion");
        return host;
    }

    /// <summary>The image that a deserialized object stands for, on a host; null without its digest.</summary>
    public static HcsImage? Image(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("Digest") is not { } digest ? null : new HcsImage(host, new ImageProperties
        {
            Name = told.Text("Name"),
            Digest = digest,
            Source = told.Text("Source") ?? string.Empty,
            OS = told.Text("OS"),
            OSVersion = told.Version("OSVersion"),
            Architecture = told.Text("Architecture"),
            Created = told.Time("Created"),
            Layers = told.List("Layers"),
            Entrypoint = told.List("Entrypoint"),
            Command = told.List("Command"),
            Environment = told.List("Environment").ToDictionary(name => name, _ => string.Empty),
            WorkingDirectory = told.Text("WorkingDirectory"),
            User = told.Text("User"),
            Ignored = told.List("Ignored"),
        });
    }

    /// <summary>The mounted layer that a deserialized object stands for, on a host; null without its paths.</summary>
    public static HcsMountedLayer? Mounted(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("LayerFolderPath") is { } path && told.Text("VolumePath") is { } volume
            ? new HcsMountedLayer(host, new MountedLayer(path, volume, LayersOf(received)))
            : null;
    }

    private static Layer[] LayersOf(PSObject received) =>
    [
        .. (LanguagePrimitives.GetEnumerable(received.Properties["Layers"]?.Value) ?? Array.Empty<object>()).Cast<object>()
            .Select(layer => new PropertiesOf(PSObject.AsPSObject(layer)))
            .Select(told => new Layer { ID = told.Text("ID"), Path = told.Text("Path") }),
    ];

    private static HcsContainer? Container(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        if (told.Text("Id") is not { } id)
        {
            return null;
        }

        ContainerProperties properties = told.Document<ContainerProperties>() ?? new ContainerProperties { Id = id };

        // What the session there has seen since is not in the document.
        properties.State = told.Text("State");
        properties.Stopped = told.Find<bool>("Stopped") is true;
        properties.ExitType = told.Text("ExitType");
        HcsContainer container = OutputObject.TypeNameOf(received) == nameof(HcsVirtualMachine)
            ? HcsVirtualMachine.Received(host, properties, told)
            : new HcsContainer(host, properties, tracked: null);
        container.LayerFolderPath = told.Text("LayerFolderPath");
        container.KeepsScratch = told.Find<bool>("KeepsScratch");
        container.ReceivedExit = told.Text("ExitStatus") is { } exit
            ? new HcsExitStatus(host, id, exit, told.Time("ExitTime"))
            : null;
        return container;
    }

    private static HcsProcess? Process(HcsHost host, PropertiesOf told)
    {
        if (told.Text("ContainerId") is not { } container || told.Find<uint>("ProcessId") is not { } id)
        {
            return null;
        }

        HcsProcess process = told.Document<ProcessListItem>() is { } item
            ? new HcsProcess(host, container, item, tracked: null)
            : new HcsProcess(host, container, id, tracked: null);
        process.ImageName = told.Text("ImageName");
        process.CommandLine = told.Text("CommandLine");
        process.StartTime ??= told.Time("StartTime");
        process.ReceivedExit = told.Find<bool>("HasExited") is true ? Exit(told) : null;
        return process;
    }

    private static HcsProcessResult? Result(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        if (Process(host, told) is not { } process)
        {
            return null;
        }

        process.ReceivedExit = Exit(told);
        return new HcsProcessResult(process)
        {
            Duration = told.Find<TimeSpan>("Duration"),
            HasTimedOut = told.Find<bool>("HasTimedOut") is true,
            StandardOutput = told.List("StandardOutput"),
            StandardError = told.List("StandardError"),
        };
    }

    private static ReceivedExit Exit(PropertiesOf told) =>
        new(told.Find<long>("ExitCode"), told.Find<bool>("IsOutOfMemory") is true);

    private static HcsExitStatus? ExitStatus(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("ContainerId") is { } container && told.Text("ExitType") is { } type
            && told.Find<int>("Status") is { } status
                ? new HcsExitStatus(host, container, type, status, told.Time("ExitTime"), told.Text("Document"))
                : null;
    }

    private static HcsStatistics? Sample(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("ContainerId") is { } container && told.Document<Statistics>() is { } sample
            ? new HcsStatistics(host, container, sample)
            {
                CpuPercent = told.Find<double>("CpuPercent"),
                ReadBytesPerSec = told.Find<double>("ReadBytesPerSec"),
                WriteBytesPerSec = told.Find<double>("WriteBytesPerSec"),
            }
            : null;
    }

    private static HcsEvent? Event(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("ContainerId") is { } container && told.Time("Timestamp") is { } time
            && Enum.TryParse(told.Text("Type"), out ComputeSystemEventType type)
                ? new HcsEvent(
                    host, new ComputeSystemEvent(type, container, time, told.Find<uint>("ProcessId"), told.Text("Document")))
                : null;
    }

    private static HcsNetworkEvent? NetworkEvent(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Time("Timestamp") is { } time && Enum.TryParse(told.Text("Type"), out NetworkEventType type)
            ? new HcsNetworkEvent(
                host, new NetworkEvent(type, told.Find<Guid>("Id"), time, told.Text("Document")), told.Text("Name"))
            : null;
    }

    private static HcsLayer? Layer(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("Path") is not { } path || !Enum.TryParse(told.Text("Kind"), out LayerKind kind) ? null : new HcsLayer(
            host,
            new LayerProperties
            {
                Path = path,
                Kind = kind,
                Id = told.Find<Guid>("LayerId") ?? Guid.Empty,
                Parents = told.List("Parents"),
                IsInitialized = told.Find<bool>("IsInitialized") is true,
                OSVersion = told.Version("OSVersion"),
                HasUtilityVM = told.Find<bool>("HasUtilityVM") is true,
                VolumePath = told.Text("VolumePath"),
            },
            told.Find<long>("Size"),
            told.List("UsedBy"))
        {
            IsOrphaned = told.Find<bool>("IsOrphaned") is true,
        };
    }

    private static HcsNetwork? Network(HcsHost host, PSObject received) =>
        new PropertiesOf(received).Document<HostComputeNetwork>() is { } network ? new HcsNetwork(host, network) : null;

    private static HcsEndpoint? Endpoint(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Document<HostComputeEndpoint>() is { } endpoint
            ? new HcsEndpoint(host, endpoint, told.Text("Network"))
            : null;
    }

    private static HcsMappedVirtualDisk? Disk(HcsHost host, PSObject received)
    {
        var told = new PropertiesOf(received);
        return told.Text("ContainerId") is { } container && told.Document<MappedVirtualDisk>() is { } disk
            ? new HcsMappedVirtualDisk(
                host, container, told.Text("Controller") ?? string.Empty, told.Text("Lun") ?? string.Empty, disk)
            : null;
    }

    // A process may have several hosts.
    private static HcsHost HomeOf(PSObject received, HcsHost host)
    {
        var told = new PropertiesOf(received);
        return told.Find<Guid>("HostInstance") is { } instance && instance != host.HostInstance
            ? host.Beside(told.Text("HcsHost") ?? host.Name, instance)
            : host;
    }

    // The host and its computer have other names there. They are those of this process now, as for a live object.
    private static PSObject Marked(HcsHost host, PSObject received)
    {
        if (received.Properties["HcsHost"] is { IsSettable: true } home)
        {
            home.Value = HomeOf(received, host);
            if (received.Properties["ComputerName"] is { IsSettable: true } computer)
            {
                computer.Value = host.ComputerName;
            }
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
}
