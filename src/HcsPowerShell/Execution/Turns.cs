using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>
/// Limits how many children of a job work at the same time. They start in the order in which they were queued.
/// </summary>
/// <param name="most">The limit.</param>
internal sealed class Turns(int most)
{
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _taken;

    /// <summary>Makes the work wait for its turn.</summary>
    public TargetWork Queue(TargetWork work)
    {
        Task turn = Take();
        return work with
        {
            RunAsync = async (output, stop) =>
            {
                try
                {
                    await Task.WhenAny(turn, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
                    stop.ThrowIfCancellationRequested();
                    await work.RunAsync(output, stop).ConfigureAwait(false);
                }
                finally
                {
                    // Work that was stopped while it waited may still get its turn, and gives it up then.
                    _ = turn.ContinueWith(
                        _ => Leave(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                }
            },
        };
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
