using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>One read or write that waits for its pipe.</summary>
/// <remarks>
/// The system call runs under the lock that a cancellation also takes: a read either delivers the bytes it takes from
/// the pipe or takes none.
/// </remarks>
internal abstract class PipeTransfer
{
    private readonly object _gate = new();
    private readonly FileDescriptor _descriptor;
    private readonly short _events;
    private readonly TaskCompletionSource<int> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReactorRegistration? _registration;
    private CancellationTokenRegistration _cancel;
    private CancellationTokenRegistration _close;

    private protected PipeTransfer(FileDescriptor descriptor, short events)
    {
        _descriptor = descriptor;
        _events = events;
    }

    /// <summary>Transfers now if the pipe allows it, otherwise as soon as it does.</summary>
    /// <param name="cancel">Cancels the task.</param>
    /// <param name="closed">Fails the task with ObjectDisposedException.</param>
    public Task<int> RunAsync(CancellationToken cancel, CancellationToken closed)
    {
        Proceed();
        if (_done.Task.IsCompleted)
        {
            return _done.Task;
        }

        // A token that is already cancelled calls back at once, so nothing is missed between Proceed and here.
        CancellationTokenRegistration onCancel = cancel.Register(() => Abort(() => _done.TrySetCanceled(cancel)));
        CancellationTokenRegistration onClose = closed.Register(
            () => Abort(() => _done.TrySetException(new ObjectDisposedException(nameof(Stream)))));
        bool over;
        lock (_gate)
        {
            _cancel = onCancel;
            _close = onClose;
            over = _done.Task.IsCompleted;
        }

        if (over)
        {
            onCancel.Dispose();
            onClose.Dispose();
        }

        return _done.Task;
    }

    /// <summary>Repeats the system call as long as it has an effect.</summary>
    /// <returns>The result of the whole transfer; null when it has to wait for the pipe.</returns>
    private protected abstract int? Try();

    private protected static IOException Failure(int errno) =>
        new(errno is Errno.EPIPE or Errno.EIO ? "The process has closed its end of the pipe." : $"The pipe failed, errno {errno}.");

    private protected static int LastError => Marshal.GetLastWin32Error();

    private void Proceed()
    {
        lock (_gate)
        {
            if (_done.Task.IsCompleted)
            {
                return;
            }

            try
            {
                if (Try() is { } result)
                {
                    _done.SetResult(result);
                }
                else
                {
                    _registration = Reactor.Shared.Register(_descriptor, _events, Proceed);
                    return;
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or HcsPowerShell.Interop.HcsException)
            {
                _done.SetException(e);
            }
        }

        StopListening();
    }

    private void Abort(Action complete)
    {
        lock (_gate)
        {
            if (_done.Task.IsCompleted)
            {
                return;
            }

            complete();
            if (_registration is not null)
            {
                Reactor.Shared.Cancel(_registration);
            }
        }

        StopListening();
    }

    // Outside the lock: disposing a registration waits for its callback, which takes the lock.
    private void StopListening()
    {
        CancellationTokenRegistration cancel;
        CancellationTokenRegistration close;
        lock (_gate)
        {
            cancel = _cancel;
            close = _close;
        }

        cancel.Dispose();
        close.Dispose();
    }
}
