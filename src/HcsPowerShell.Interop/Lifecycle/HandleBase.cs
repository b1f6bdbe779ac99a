using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Base class of a handle on a system or a process: its exit and its close.</summary>
/// <param name="state">The state that adapters write to.</param>
/// <param name="close">The close, whose time is the longest that the release waits for running calls.</param>
internal abstract class HandleBase<TStatus>(HandleSignals<TStatus> state, ComputeOperation close)
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
            state.Lifetime.ReleaseAfterCalls(Release, state.Lifetime.Limits(close));
        }
    }

    /// <summary>A call on the system or process.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="options">How long the caller waits.</param>
    /// <param name="overtakenBy">HRESULT when the exit comes first; 0 when the exit means success.</param>
    private protected BoundedCall Call(ComputeOperation operation, CallOptions options, int overtakenBy) =>
        new(operation, state.Id, state.Lifetime, options)
        {
            ExitKnown = state.ExitKnown,
            Exited = state.Exited,
            OvertakenBy = overtakenBy,
        };

    /// <summary>Called once, when the exit is first awaited.</summary>
    private protected virtual void ExitAwaited()
    {
    }

    /// <summary>Closes the streams of the caller, even while calls are running.</summary>
    private protected virtual void CloseStreams()
    {
    }

    /// <summary>
    /// Releases the resources of the adapter. Called when no call is running, or when the calls have not ended in time.
    /// </summary>
    private protected abstract void Release();

    /// <summary>Calls <see cref="ExitAwaited"/> the first time.</summary>
    private protected void AwaitExit()
    {
        if (Interlocked.Exchange(ref _exitAwaited, 1) == 0)
        {
            ExitAwaited();
        }
    }
}
