using System;
using System.Linq;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Filters of an enumeration; an absent or empty list matches everything (hcsshim <c>ComputeSystemQuery</c>).
/// </summary>
public sealed class ComputeSystemQuery : CompositeDocument
{
    /// <summary>Exact ids.</summary>
    public string[]? Ids { get; set; }

    /// <summary>Container or VirtualMachine.</summary>
    public string[]? Types { get; set; }

    /// <summary>Exact names.</summary>
    public string[]? Names { get; set; }

    /// <summary>Exact owners.</summary>
    public string[]? Owners { get; set; }

    /// <summary>True when the system matches every filter; the comparison ignores case and culture.</summary>
    public bool Matches(ContainerProperties system) =>
        Matches(Ids, system.Id)
        && Matches(Types, system.SystemType)
        && Matches(Names, system.Name)
        && Matches(Owners, system.Owner);

    private static bool Matches(string[]? wanted, string? value) =>
        wanted is not { Length: > 0 } || wanted.Contains(value ?? string.Empty, StringComparer.OrdinalIgnoreCase);
}
