using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>
/// Creates one system. A system that the caller no longer waits for is ended as soon as the service allows that.
/// </summary>
/// <param name="id">Id of the system.</param>
/// <param name="document">The document of the system to create.</param>
/// <param name="limits">The times of the operations.</param>
internal sealed class ComputeCoreCreation(string id, string document, Func<ComputeOperation, TimeSpan> limits)
{
    // A call that is made on the handle before the container object exists must also delay the close of the handle.
    private readonly SystemSignals _state = new(id, limits);
    private readonly TaskCompletionSource<bool> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SafeHcsSystemHandle? _handle;

    internal async Task<ComputeCoreContainer> RunAsync(CancellationToken abandoned)
    {
        Task<ComputeCoreContainer> creating = CreateAsync(abandoned);
        using (abandoned.Register(() => AbandonAsync(creating).Forget()))
        {
            return await creating.ConfigureAwait(false);
        }
    }

    private async Task<ComputeCoreContainer> CreateAsync(CancellationToken abandoned)
    {
        try
        {
            await new HcsOperation(
                nameof(HcsCreateComputeSystem),
                id,
                _state.Waits,
                op => Ask(op, abandoned)).RunAsync().ConfigureAwait(false);
            ComputeCoreEvents.Listen(id, _handle!, new SystemEvents(_state));
            return new ComputeCoreContainer(_state, _handle!, opened: false);
        }
        catch
        {
            await TerminateAsync().ConfigureAwait(false);
            _state.Close();
            _state.Lifetime.ReleaseAfterCalls(Release, limits(ComputeOperation.Close));
            throw;
        }
    }

    private int Ask(SafeHcsOperationHandle operation, CancellationToken abandoned)
    {
        // On a busy machine this may run only after the caller has stopped waiting.
        abandoned.ThrowIfCancellationRequested();
        try
        {
            return HcsCreateComputeSystem(id, document, operation, securityDescriptor: default, out _handle);
        }
        finally
        {
            _asked.TrySetResult(true);
        }
    }

    /// <summary>
    /// Ends the system that is being created. If the system refuses that, it is ended once it has been created, when
    /// the creation is undone. If its creation is never reported, the handle is released when the time has passed.
    /// </summary>
    private async Task AbandonAsync(Task creating)
    {
        // There is nothing to end before the service has returned a handle.
        await Task.WhenAny(creating, _asked.Task, Task.Delay(limits(ComputeOperation.Create))).ConfigureAwait(false);
        if (!await TerminateAsync().ConfigureAwait(false))
        {
            await Task.WhenAny(creating, Task.Delay(limits(ComputeOperation.Create))).ConfigureAwait(false);
            if (!creating.IsCompleted)
            {
                await TerminateAsync().ConfigureAwait(false);
            }
        }

        // The handle is not closed while the creation runs; the end of the creation is reported soon after that of the
        // system.
        if (await Task.WhenAny(creating, Task.Delay(limits(ComputeOperation.Close))).ConfigureAwait(false) != creating)
        {
            _state.Waits.EndAll(HResult.Abandoned, forEver: true);
        }
    }

    /// <summary>Ends the system; false when the system is not known to have ended.</summary>
    private async Task<bool> TerminateAsync()
    {
        if (_handle is not { IsInvalid: false } handle)
        {
            return false;
        }

        try
        {
            await new BoundedCall(ComputeOperation.Terminate, id, _state.Lifetime, default).RunAsync(_ => new HcsOperation(
                nameof(HcsTerminateComputeSystem), id, _state.Waits, op => HcsTerminateComputeSystem(handle, op, null)).RunAsync())
                .ConfigureAwait(false);
            return true;
        }
        catch (HcsException)
        {
            return false;
        }
    }

    private void Release()
    {
        _state.Waits.EndAll(HResult.Abandoned, forEver: true);
        _handle?.Dispose();
    }
}
