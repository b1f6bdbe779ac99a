using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Schema 2 document that creates a system (HCS <c>ComputeSystem</c>).</summary>
/// <remarks>Exactly one of Container, HostedSystem and VirtualMachine is set; the id is an argument of the call.
/// </remarks>
[SinceSchema(2, 0)]
public sealed class ComputeSystem : CompositeDocument
{
    /// <summary>Management platform the system belongs to.</summary>
    public string? Owner { get; set; }

    /// <summary>Schema the document is written in; 2.1 is the oldest that every library accepts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SchemaVersion? SchemaVersion { get; set; }

    /// <summary>Id of the virtual machine that hosts the system.</summary>
    public string? HostingSystemId { get; set; }

    /// <summary>A container in the hosting system.</summary>
    public HostedSystem? HostedSystem { get; set; }

    /// <summary>A process-isolated container.</summary>
    public Container? Container { get; set; }

    /// <summary>A virtual machine, as raw JSON.</summary>
    public RawJson? VirtualMachine { get; set; }

    /// <summary>Ends the system when its last open handle is closed.</summary>
    public bool ShouldTerminateOnLastHandleClosed { get; set; }
}
