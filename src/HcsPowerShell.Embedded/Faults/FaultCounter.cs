using System.Threading;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>A rule in force: it counts the calls of its operation and tells which it disturbs.</summary>
internal sealed class FaultCounter(FaultOperation operation, int? nth, Fault fault)
{
    private long _calls;

    /// <summary>Counts the call; true when it is disturbed.</summary>
    public bool Hits(FaultOperation called) =>
        called == operation && (Interlocked.Increment(ref _calls) == nth || nth is null);

    public Fault Fault => fault;
}
