using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Schema 1 document that creates a container (hcsshim <c>ContainerConfig</c>).</summary>
public sealed class ContainerConfig : CompositeDocument
{
    /// <summary>Kind of system; always <c>Container</c> in a document that is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SystemType { get; set; }

    /// <summary>The only kind of system that such a document makes.</summary>
    internal const string OnlySystemType = "Container";

    /// <summary>Id by which the service knows the container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Name { get; set; }

    /// <summary>Management platform the container belongs to.</summary>
    public string? Owner { get; set; }

    /// <summary>Scratch volume (<c>\\?\Volume{guid}</c>, no trailing backslash); process isolation only.</summary>
    public string? VolumePath { get; set; }

    /// <summary>Faster start: flushes of the scratch are ignored until the system has booted.</summary>
    public bool IgnoreFlushesDuringBoot { get; set; }

    /// <summary>Folder of the scratch layer.</summary>
    public string? LayerFolderPath { get; set; }

    /// <summary>Read-only layers, newest parent first, base operating system last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Layer[]? Layers { get; set; }

    /// <summary>Credential specification (gMSA). Secret: never logged.</summary>
    public string? Credentials { get; set; }

    /// <summary>Number of processors; 0 means no limit.</summary>
    public uint ProcessorCount { get; set; }

    /// <summary>Relative processor weight, 1 to 10000; 0 means the default.</summary>
    public ulong ProcessorWeight { get; set; }

    /// <summary>Processor share in percent times 100, 1 to 10000; 0 means no limit.</summary>
    public long ProcessorMaximum { get; set; }

    /// <summary>Storage operations per second; 0 means no limit.</summary>
    public ulong StorageIOPSMaximum { get; set; }

    /// <summary>Storage bytes per second; 0 means no limit.</summary>
    public ulong StorageBandwidthMaximum { get; set; }

    /// <summary>Size in bytes to which the system drive is expanded when it is smaller.</summary>
    public ulong StorageSandboxSize { get; set; }

    /// <summary>Memory limit in MiB; 0 means no limit.</summary>
    public long MemoryMaximumInMB { get; set; }

    /// <summary>Host name inside the container.</summary>
    public string? HostName { get; set; }

    /// <summary>Host folders seen inside the container.</summary>
    public MappedDir[]? MappedDirectories { get; set; }

    /// <summary>Host pipes seen inside the container.</summary>
    public MappedPipe[]? MappedPipes { get; set; }

    /// <summary>True asks for Hyper-V isolation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool HvPartition { get; set; }

    /// <summary>Id of a container whose network stack is shared.</summary>
    public string? NetworkSharedContainerName { get; set; }

    /// <summary>Ids of the network endpoints.</summary>
    public string[]? EndpointList { get; set; }

    /// <summary>Utility virtual machine; Hyper-V isolation only.</summary>
    public HvRuntime? HvRuntime { get; set; }

    /// <summary>Boots the container for servicing.</summary>
    public bool Servicing { get; set; }

    /// <summary>Allows unqualified DNS queries.</summary>
    public bool AllowUnqualifiedDNSQuery { get; set; }

    /// <summary>DNS suffixes to search, comma separated.</summary>
    public string? DNSSearchList { get; set; }

    /// <summary><c>Linux</c> for a Linux container on Windows, otherwise absent.</summary>
    public string? ContainerType { get; set; }

    /// <summary>Ends the container when its last open handle is closed.</summary>
    public bool TerminateOnLastHandleClosed { get; set; }

    /// <summary>Virtual disks attached to the container.</summary>
    public MappedVirtualDisk[]? MappedVirtualDisks { get; set; }
}
