using System;
using System.Collections.Concurrent;
using System.Threading;

namespace HcsPowerShell.Execution;

/// <summary>Actions for the pipeline thread. It is bounded: a writer waits while the queue is full.</summary>
/// <remarks>
/// The engine runs the pipelines of a session on threads of the pool, and stops one from another. Both waits here are
/// therefore those of a task, for which the pool adds a thread at once. After any other wait, it adds one only when it
/// has stood still for half a second, so that the command ends that much later.
/// </remarks>
/// <param name="length">The number of actions that the queue holds.</param>
internal sealed class PipelineQueue(int length)
{
    private readonly ConcurrentQueue<Action> _actions = new();
    private readonly SemaphoreSlim _room = new(length);

    // One for each action and each wake-up. An action may be taken before: the pipeline thread then wakes for nothing.
    private readonly SemaphoreSlim _more = new(0);

    /// <summary>Adds an action, as soon as there is room.</summary>
    /// <exception cref="OperationCanceledException">The pipeline stopped.</exception>
    public void Add(Action action, CancellationToken stop)
    {
        _room.WaitAsync(stop).GetAwaiter().GetResult();
        _actions.Enqueue(action);
        _more.Release();
    }

    /// <summary>Ends a wait of the pipeline thread, or the next one.</summary>
    public void Wake() => _more.Release();

    /// <summary>Waits until there may be an action.</summary>
    public void Wait() => _more.WaitAsync().GetAwaiter().GetResult();

    /// <summary>Takes an action; null when there is none.</summary>
    public Action? TryTake()
    {
        if (_actions.TryDequeue(out Action? action))
        {
            _room.Release();
        }

        return action;
    }
}
