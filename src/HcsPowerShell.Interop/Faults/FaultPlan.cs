using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Interop.Faults;

/// <summary>The active rules.</summary>
internal sealed class FaultPlan
{
    private readonly FaultCounter[] _counters;

    /// <exception cref="Interop.Documents.HcsDocumentException">A rule cannot be applied.</exception>
    public FaultPlan(IReadOnlyList<FaultRule> rules)
    {
        Rules = [.. rules];
        _counters = [.. Rules.Select(FaultRuleReader.Read)];
    }

    public static FaultPlan Empty { get; } = new([]);

    public IReadOnlyList<FaultRule> Rules { get; }

    /// <summary>Counts a call and returns the fault to apply to it; null when there is none.</summary>
    public Fault? Next(ComputeOperation operation)
    {
        Fault? first = null;
        foreach (FaultCounter counter in _counters)
        {
            if (counter.Hits(operation))
            {
                first ??= counter.Fault;
            }
        }

        return first;
    }
}
