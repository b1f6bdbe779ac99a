namespace HcsPowerShell.Interop.Documents;

/// <summary>Network of a container (HCS <c>Networking</c>).</summary>
public sealed class ContainerNetworking : CompositeDocument
{
    /// <summary>Allows unqualified DNS queries.</summary>
    public bool AllowUnqualifiedDnsQuery { get; set; }

    /// <summary>DNS suffixes to search, comma separated.</summary>
    public string? DnsSearchList { get; set; }

    /// <summary>Id of a container whose network stack is shared.</summary>
    public string? NetworkSharedContainerName { get; set; }

    /// <summary>Guid of the HCN namespace that holds the endpoints.</summary>
    public string? Namespace { get; set; }

    /// <summary>Guids of network adapters.</summary>
    public string[]? NetworkAdapters { get; set; }
}
