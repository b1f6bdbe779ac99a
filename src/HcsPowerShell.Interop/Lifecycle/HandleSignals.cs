using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// The state of one handle on a system or process: how the system or process ended, and whether the handle can still be
/// used.
/// </summary>
/// <remarks>
/// It does not reference the handle: a callback table keeps this object alive, and must not keep a forgotten handle
/// from its finalizer.
/// </remarks>
/// <param name="systemId">Id of the system.</param>
/// <param name="stopped">HRESULT of a call on a handle that was closed after the exit.</param>
/// <param name="limits">The times of the operations, if they are not the usual ones.</param>
internal abstract class HandleSignals<TStatus>(
    string systemId, int stopped, Func<ComputeOperation, TimeSpan>? limits = null)
{
    private readonly TaskCompletionSource<TStatus> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _exitKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _decided;

    /// <summary>Id of the system.</summary>
    internal string Id { get; } = systemId;

    /// <summary>HRESULT of a call after the exit.</summary>
    internal int Stopped { get; } = stopped;

    /// <summary>The exit status; fails when the exit can no longer be reported.</summary>
    internal Task<TStatus> Exited => _exit.Task;

    /// <summary>
    /// Completes with the exit, and for no other reason. It is completed before <see cref="Exited"/> reports the exit.
    /// </summary>
    internal Task ExitKnown => _exitKnown.Task;

    internal bool HasExited => _exitKnown.Task.IsCompleted;

    internal Lifetime Lifetime { get; } = new(limits);

    /// <summary>Ends the use of the handle. This is not an exit of the system or process.</summary>
    internal virtual void Close() => End(HResult.InvalidHandle);

    /// <summary>Sets the exit status. True for the first report of the exit; later ones are ignored.</summary>
    private protected bool TryExit(TStatus status)
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0)
        {
            return false;
        }

        // The first caller to see the exit may close the handle. Calls that the exit ends must see the exit before that
        // close.
        _exitKnown.TrySetResult(true);
        return _exit.TrySetResult(status);
    }

    /// <summary>Ends the handle: its calls fail, and no exit is reported any more.</summary>
    private protected void End(int hresult)
    {
        Lifetime.End(HasExited ? Stopped : hresult);
        FailExit(hresult);
    }

    /// <summary>
    /// Makes <see cref="Exited"/> fail, because no exit can be reported any more; an exit that is known stays.
    /// </summary>
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
