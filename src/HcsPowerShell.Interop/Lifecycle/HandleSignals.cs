using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The state of one handle on a system or process: how that ended, and whether the handle can still be used.</summary>
/// <remarks>It knows no handle: a callback table roots it, and must not keep a forgotten handle from its finalizer.
/// </remarks>
/// <param name="systemId">Id of the system.</param>
/// <param name="stopped">HRESULT of a call after the exit, on a handle that is closed by then.</param>
internal abstract class HandleSignals<TStatus>(string systemId, int stopped)
{
    private readonly TaskCompletionSource<TStatus> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _exitKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _decided;

    /// <summary>Id of the system.</summary>
    internal string Id { get; } = systemId;

    /// <summary>HRESULT of a call after the exit.</summary>
    internal int Stopped { get; } = stopped;

    /// <summary>How it ended; fails when that will not be heard of.</summary>
    internal Task<TStatus> Exited => _exit.Task;

    /// <summary>Completes with the exit, and never otherwise. Whoever sees the exit finds it completed.</summary>
    internal Task ExitKnown => _exitKnown.Task;

    internal bool HasExited => _exitKnown.Task.IsCompleted;

    internal Lifetime Lifetime { get; } = new();

    /// <summary>Ends the use of the handle. That is no exit.</summary>
    internal virtual void Close() => End(HResult.InvalidHandle);

    /// <summary>True for the exit that is told; any later word of it is ignored.</summary>
    private protected bool TryExit(TStatus status)
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0)
        {
            return false;
        }

        // Calls that the exit ends must not see the close of whoever waits for it first.
        _exitKnown.TrySetResult(true);
        return _exit.TrySetResult(status);
    }

    /// <summary>No call is answered and no exit is heard of any more.</summary>
    private protected void End(int hresult)
    {
        Lifetime.End(HasExited ? Stopped : hresult);
        FailExit(hresult);
    }

    /// <summary>No exit is heard of any more; what is known stays.</summary>
    internal void FailExit(HcsException failure)
    {
        if (Interlocked.Exchange(ref _decided, 1) == 0)
        {
            _exit.TrySetException(failure);
            _exit.Task.Forget();
        }
    }

    private protected void FailExit(int hresult) => FailExit(new HcsException(ExitFunction, hresult, Id));

    private protected abstract string ExitFunction { get; }
}
