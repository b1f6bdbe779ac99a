namespace HcsPowerShell.Interop.Documents;

/// <summary>Name resolution (HCN <c>Dns</c>).</summary>
public sealed class HostComputeDns : CompositeDocument
{
    /// <summary>Domain.</summary>
    public string? Domain { get; set; }

    /// <summary>Suffixes to search.</summary>
    public string[]? Search { get; set; }

    /// <summary>Addresses of servers.</summary>
    public string[]? ServerList { get; set; }

    /// <summary>Options.</summary>
    public string[]? Options { get; set; }
}
