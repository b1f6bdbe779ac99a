namespace HcsPowerShell.Interop.Documents;

/// <summary>Asks a system for more than its base properties (hcsshim <c>PropertyQuery</c>).</summary>
public sealed class PropertyQuery : CompositeDocument
{
    /// <summary>
    /// Statistics, ProcessList, MappedVirtualDisk, GuestConnection or PendingUpdates; of a virtual machine also Memory and
    /// ProcessorTopology.
    /// </summary>
    public string[]? PropertyTypes { get; set; }
}
