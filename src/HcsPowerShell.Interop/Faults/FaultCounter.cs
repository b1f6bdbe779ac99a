using System.Threading;

namespace HcsPowerShell.Interop.Faults;

/// <summary>An active rule. It counts the calls of its operation and tells which of them it disturbs.</summary>
internal sealed class FaultCounter(ComputeOperation operation, int? nth, Fault fault)
{
    private long _calls;

    /// <summary>Counts the call; true when it is disturbed.</summary>
    public bool Hits(ComputeOperation called) =>
        called == operation && (Interlocked.Increment(ref _calls) == nth || nth is null);

    public Fault Fault => fault;
}
