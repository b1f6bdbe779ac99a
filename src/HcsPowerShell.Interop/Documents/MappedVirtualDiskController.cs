using System.Collections.Generic;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Disks of one controller (hcsshim <c>MappedVirtualDiskController</c>).</summary>
public sealed class MappedVirtualDiskController : CompositeDocument
{
    /// <summary>Disks by logical unit number.</summary>
    public Dictionary<string, MappedVirtualDisk>? MappedVirtualDisks { get; set; }
}
