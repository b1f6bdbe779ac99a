using System;
using System.Threading;

namespace HcsPowerShell.Interop;

/// <summary>Options of one call: how long the caller waits for it.</summary>
/// <param name="CancellationToken">Cancels the wait.</param>
/// <param name="Timeout">
/// The longest time to wait, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>; null means the default of the
/// operation (<see cref="ComputeOperations.DefaultTimeout"/>).
/// </param>
public readonly record struct CallOptions(CancellationToken CancellationToken, TimeSpan? Timeout = null)
{
    /// <summary>
    /// Told of the call when it has ended, or when the caller no longer waits for it; on any thread. Null costs nothing.
    /// </summary>
    public Action<EndedCall>? Ended { get; init; }

    /// <summary>Makes options with the default time and the given token.</summary>
    public static implicit operator CallOptions(CancellationToken cancellationToken) => new(cancellationToken);
}
