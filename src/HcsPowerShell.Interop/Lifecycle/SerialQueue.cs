using System;
using System.Collections.Generic;
using System.Threading;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Runs actions one after another on the thread pool, in the order they were added. Adding an action never waits for
/// another one.
/// </summary>
/// <remarks>
/// An action handles its own failures. An exception that it throws ends neither the process nor the actions after it.
/// </remarks>
internal sealed class SerialQueue
{
    private readonly Queue<Action> _actions = new();
    private bool _running;

    internal void Add(Action action)
    {
        lock (_actions)
        {
            _actions.Enqueue(action);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static queue => ((SerialQueue)queue!).Run(), this);
    }

    /// <summary>Runs an action on this thread when no other action is running or queued; otherwise queues it.</summary>
    internal void RunOrAdd(Action action)
    {
        lock (_actions)
        {
            if (_running)
            {
                _actions.Enqueue(action);
                return;
            }

            _running = true;
        }

        Run(action);
        ThreadPool.UnsafeQueueUserWorkItem(static queue => ((SerialQueue)queue!).Run(), this);
    }

    private static void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // An unhandled exception on a pool thread ends the process.
        }
    }

    private void Run()
    {
        while (true)
        {
            Action action;
            lock (_actions)
            {
                if (_actions.Count == 0)
                {
                    _running = false;
                    return;
                }

                action = _actions.Dequeue();
            }

            Run(action);
        }
    }
}
