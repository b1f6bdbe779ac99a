using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Watching;

/// <summary>
/// Events in the order in which they arrived, up to an end mark. It has no limit, so the service never waits, and no
/// event is lost while the pipeline is slow.
/// </summary>
internal sealed class EventQueue<T>
    where T : class
{
    private readonly ConcurrentQueue<T?> _events = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public void Add(T received) => Enqueue(received);

    /// <summary>Adds the end mark when the time has passed, after the events that have arrived by then.</summary>
    public async Task EndAfterAsync(TimeSpan time, CancellationToken disposed)
    {
        await Task.Delay(time, disposed).ConfigureAwait(false);
        Enqueue(null);
    }

    /// <summary>Waits for the next event; null at the end mark.</summary>
    public async Task<T?> NextAsync(CancellationToken stop)
    {
        await _arrived.WaitAsync(stop).ConfigureAwait(false);
        _events.TryDequeue(out T? next);
        return next;
    }

    private void Enqueue(T? received)
    {
        _events.Enqueue(received);
        _arrived.Release();
    }
}
