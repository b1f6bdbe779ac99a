using HcsPowerShell.Interop.Documents.Values;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Filters of an enumeration, schema 2; an absent list matches everything (HCS <c>SystemQuery</c>).</summary>
[SinceSchema(2, 0)]
public sealed class SystemQuery : CompositeDocument
{
    /// <summary>Exact ids.</summary>
    public string[]? Ids { get; set; }

    /// <summary>Exact names.</summary>
    public string[]? Names { get; set; }

    /// <summary>Container or VirtualMachine.</summary>
    [OneOf(typeof(SystemType))]
    public string[]? Types { get; set; }

    /// <summary>Exact owners.</summary>
    public string[]? Owners { get; set; }
}
