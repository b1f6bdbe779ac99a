using System;
using System.Threading;

namespace HcsPowerShell.Interop;

/// <summary>How long a caller waits for one call of the port.</summary>
/// <param name="CancellationToken">Stops the waiting.</param>
/// <param name="Timeout">
/// Longest time to wait, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>; null is the default of the operation
/// (<see cref="ComputeOperations.DefaultTimeout"/>).
/// </param>
public readonly record struct CallOptions(CancellationToken CancellationToken, TimeSpan? Timeout = null)
{
    /// <summary>The default time, and a token.</summary>
    public static implicit operator CallOptions(CancellationToken cancellationToken) => new(cancellationToken);
}
