using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>Lets so many of the children of a job work at a time, in their order.</summary>
/// <param name="most">The number.</param>
internal sealed class Turns(int most)
{
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _taken;

    /// <summary>The work, which waits for its turn.</summary>
    public TargetWork Queue(TargetWork work)
    {
        Task turn = Take();
        return new TargetWork(work.Name, async (output, stop) =>
        {
            try
            {
                await Task.WhenAny(turn, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                await work.RunAsync(output, stop).ConfigureAwait(false);
            }
            finally
            {
                // The turn of one that was stopped before may still come.
                _ = turn.ContinueWith(
                    _ => Leave(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        });
    }

    private Task Take()
    {
        lock (_waiting)
        {
            if (_taken < most)
            {
                _taken++;
                return Task.CompletedTask;
            }

            TaskCompletionSource<bool> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    private void Leave()
    {
        TaskCompletionSource<bool>? next = null;
        lock (_waiting)
        {
            if (_waiting.Count > 0)
            {
                next = _waiting.Dequeue();
            }
            else
            {
                _taken--;
            }
        }

        next?.SetResult(true);
    }
}
