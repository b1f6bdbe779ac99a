namespace HcsPowerShell.Interop.Documents;

/// <summary>Filters of an enumeration; an absent list matches everything (hcsshim <c>ComputeSystemQuery</c>).</summary>
public sealed class ComputeSystemQuery : HcsDocument
{
    /// <summary>Exact ids.</summary>
    public string[]? Ids { get; set; }

    /// <summary>Container or VirtualMachine.</summary>
    public string[]? Types { get; set; }

    /// <summary>Exact names.</summary>
    public string[]? Names { get; set; }

    /// <summary>Exact owners.</summary>
    public string[]? Owners { get; set; }
}
