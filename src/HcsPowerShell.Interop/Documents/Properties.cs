using System.Collections.Generic;
using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// The properties of a compute system, as the service reports them, schema 2 (HCS <c>Properties</c>).
/// </summary>
[SinceSchema(2, 0)]
public sealed class Properties : CompositeDocument
{
    /// <summary>Id of the system; always reported.</summary>
    public string? Id { get; set; }

    /// <summary>Container or VirtualMachine; always reported.</summary>
    [OneOf(typeof(SystemType))]
    public string? SystemType { get; set; }

    /// <summary>Windows or Linux; absent on a container means Windows.</summary>
    [OneOf(typeof(OsType))]
    public string? RuntimeOsType { get; set; }

    /// <summary>Name of the system.</summary>
    public string? Name { get; set; }

    /// <summary>Management platform the system belongs to.</summary>
    public string? Owner { get; set; }

    /// <summary>Guid of the virtual machine behind the system; empty or absent under process isolation.</summary>
    public string? RuntimeId { get; set; }

    /// <summary>Guid of the template the virtual machine was cloned from.</summary>
    public string? RuntimeTemplateId { get; set; }

    /// <summary>Created, Running, Paused, Stopped, SavedAsTemplate or Unknown.</summary>
    [OneOf(typeof(State))]
    public string? State { get; set; }

    /// <summary>The system has stopped.</summary>
    public bool? Stopped { get; set; }

    /// <summary>How the system stopped.</summary>
    [OneOf(typeof(NotificationType))]
    public string? ExitType { get; set; }

    /// <summary>Memory of a virtual machine, as raw JSON.</summary>
    public RawJson? Memory { get; set; }

    /// <summary>Counters; absent when the system does not run.</summary>
    public Statistics? Statistics { get; set; }

    /// <summary>Processes inside the container.</summary>
    public ProcessDetails[]? ProcessList { get; set; }

    /// <summary>The system ends when its last open handle is closed.</summary>
    public bool? TerminateOnLastHandleClosed { get; set; }

    /// <summary>Id of the virtual machine that hosts the system.</summary>
    public string? HostingSystemId { get; set; }

    /// <summary>Regions of memory shared with the host, as raw JSON.</summary>
    public RawJson? SharedMemoryRegionInfo { get; set; }

    /// <summary>Connection to the guest, as raw JSON.</summary>
    public RawJson? GuestConnectionInfo { get; set; }

    /// <summary>Answers by the name of the property; since schema 2.5.</summary>
    [SinceSchema(2, 5)]
    public Dictionary<string, PropertyResponse>? PropertyResponses { get; set; }
}
