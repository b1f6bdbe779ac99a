using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// The properties of a compute system, as the service reports them (hcsshim <c>ContainerProperties</c>).
/// </summary>
public sealed class ContainerProperties : CompositeDocument
{
    /// <summary>Id of the system.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Id { get; set; }

    /// <summary>Name of the system.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Name { get; set; }

    /// <summary>Container or VirtualMachine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SystemType { get; set; }

    /// <summary>Management platform the system belongs to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Owner { get; set; }

    /// <summary>Guid of the silo.</summary>
    public string? SiloGuid { get; set; }

    /// <summary>Guid of the virtual machine behind the system; empty or absent under process isolation.</summary>
    public string? RuntimeId { get; set; }

    /// <summary>Guid of the template the virtual machine was cloned from; schema 2 only.</summary>
    public string? RuntimeTemplateId { get; set; }

    /// <summary>The system is a template that others are cloned from.</summary>
    public bool IsRuntimeTemplate { get; set; }

    /// <summary>Utility image the system was started from.</summary>
    public string? RuntimeImagePath { get; set; }

    /// <summary>The system has stopped.</summary>
    public bool Stopped { get; set; }

    /// <summary>How the system stopped.</summary>
    public string? ExitType { get; set; }

    /// <summary>Updates wait for a servicing boot.</summary>
    public bool AreUpdatesPending { get; set; }

    /// <summary>Root of the object namespace.</summary>
    public string? ObRoot { get; set; }

    /// <summary>Counters; absent when the system does not run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Statistics? Statistics { get; set; }

    /// <summary>Processes inside the container.</summary>
    public ProcessListItem[]? ProcessList { get; set; }

    /// <summary>Disk controllers by number.</summary>
    public Dictionary<string, MappedVirtualDiskController>? MappedVirtualDiskControllers { get; set; }

    /// <summary>
    /// Created, Running, Paused, Stopped, SavedAsTemplate or Unknown; not reported before Windows 10 1809.
    /// </summary>
    public string? State { get; set; }

    /// <summary>Windows or Linux; absent on a container means Windows.</summary>
    public string? RuntimeOsType { get; set; }

    /// <summary>Id of the virtual machine that hosts the system; schema 2 only.</summary>
    public string? HostingSystemId { get; set; }

    /// <summary>Memory of a virtual machine; schema 2 only.</summary>
    public MemoryInformationForVm? Memory { get; set; }

    /// <summary>Processors of a virtual machine; schema 2 only.</summary>
    public ProcessorTopology? ProcessorTopology { get; set; }
}
