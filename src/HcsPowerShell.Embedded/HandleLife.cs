using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded;

/// <summary>
/// What every handle shares: it closes once, and its waiters end with whatever comes first, the exit or the close.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer holds nothing; closing cancels it.")]
internal sealed class HandleLife<TStatus>
{
    private readonly TaskCompletionSource<TStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _open = new();
    private readonly Func<Exception> _closed;
    private int _isClosed;

    public HandleLife(Task<TStatus> exited, Func<Exception> closed)
    {
        _closed = closed;
        exited.ContinueWith(
            task => _ = task.IsFaulted ? Fail(task.Exception!.InnerException!) : _exited.TrySetResult(task.Result),

            // Closed, it is let go: the exit may be far away, and others open handles until then.
            _open.Token,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public Task<TStatus> Exited => _exited.Task;

    /// <summary>True the first time.</summary>
    public bool Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return false;
        }

        Fail(_closed());
        _open.Cancel();
        return true;
    }

    public void ThrowIfClosed()
    {
        if (Volatile.Read(ref _isClosed) != 0)
        {
            throw _closed();
        }
    }

    private bool Fail(Exception failure)
    {
        bool first = _exited.TrySetException(failure);

        // Nobody need be waiting; an unobserved failure is no event.
        _ = first ? _exited.Task.Exception : null;
        return first;
    }
}
