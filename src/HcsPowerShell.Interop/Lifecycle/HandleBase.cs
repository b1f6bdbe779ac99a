using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The exit and the close of a handle, on a system or on a process.</summary>
/// <param name="state">The state that adapters write to.</param>
/// <param name="closeLimit">Longest time that the close waits for calls at work.</param>
internal abstract class HandleBase<TStatus>(HandleSignals<TStatus> state, TimeSpan closeLimit)
{
    private int _closed;
    private int _exitAwaited;

    public Task<TStatus> Exited
    {
        get
        {
            AwaitExit();
            return state.Exited;
        }
    }

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            state.Close();
            CloseStreams();
            state.Lifetime.ReleaseAfterCalls(Release, closeLimit);
        }
    }

    /// <summary>Called once, when the exit is first of interest.</summary>
    private protected virtual void ExitAwaited()
    {
    }

    /// <summary>Closes what its user reads and writes, whatever is still at work.</summary>
    private protected virtual void CloseStreams()
    {
    }

    /// <summary>Lets go of what the adapter holds; no call is at work on it, or none has ended in time.</summary>
    private protected abstract void Release();

    /// <summary>Sees to <see cref="ExitAwaited"/>.</summary>
    private protected void AwaitExit()
    {
        if (Interlocked.Exchange(ref _exitAwaited, 1) == 0)
        {
            ExitAwaited();
        }
    }
}
