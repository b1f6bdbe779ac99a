using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Interop.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>The creation of one system. What is created for nobody is terminated and closed.</summary>
internal sealed class ComputeCoreCreation(string id, string document)
{
    // Cleaning up has limits of its own: the caller's time is up already.
    private static readonly TimeSpan s_terminationLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_creationLimit = TimeSpan.FromMinutes(4);

    private readonly PendingWaits _waits = new();
    private SafeHcsSystemHandle? _handle;

    internal Task<ComputeCoreContainer> RunAsync(CancellationToken cancellationToken) =>
        Cancellable.RunAsync(CreateAsync, cancellationToken, creating => AbandonAsync(creating).Forget());

    private async Task<ComputeCoreContainer> CreateAsync()
    {
        try
        {
            await new HcsOperation(
                nameof(HcsCreateComputeSystem),
                id,
                _waits,
                op => HcsCreateComputeSystem(id, document, op, securityDescriptor: default, out _handle)).RunAsync()
                .ConfigureAwait(false);
            var state = new SystemState(id);
            ComputeCoreEvents.Listen(id, _handle!, new SystemEvents(state));
            return new ComputeCoreContainer(state, _handle!, opened: false);
        }
        catch
        {
            await TerminateAsync().ConfigureAwait(false);
            Close();
            throw;
        }
    }

    private async Task AbandonAsync(Task<ComputeCoreContainer> creating)
    {
        // A system that is still being created may refuse to be ended; then it is ended once it is there.
        if (!await TerminateAsync().ConfigureAwait(false))
        {
            await Task.WhenAny(creating, Task.Delay(s_creationLimit)).ConfigureAwait(false);
            await TerminateAsync().ConfigureAwait(false);
        }

        creating.CloseWhenOpened();
        Close();
    }

    /// <summary>False when the system is not known to have ended.</summary>
    private async Task<bool> TerminateAsync()
    {
        if (_handle is not { IsInvalid: false, IsClosed: false } handle)
        {
            return false;
        }

        Task ending = new HcsOperation(
            nameof(HcsTerminateComputeSystem), id, _waits, op => HcsTerminateComputeSystem(handle, op, null)).RunAsync();
        ending.Forget();
        return await Task.WhenAny(ending, Task.Delay(s_terminationLimit)).ConfigureAwait(false) == ending
            && ending.Status == TaskStatus.RanToCompletion;
    }

    private void Close()
    {
        _handle?.Dispose();
        _waits.EndAll(HResult.InvalidHandle, forEver: true);
    }
}
