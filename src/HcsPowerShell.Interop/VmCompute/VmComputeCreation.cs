using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>Creates one system. A system that the caller no longer waits for is terminated and closed.</summary>
/// <param name="id">Id of the system.</param>
/// <param name="document">The document of the system to create.</param>
/// <param name="patience">How long the notification may take before the system itself is queried.</param>
internal sealed class VmComputeCreation(string id, string document, TimeSpan patience)
{
    private const int Completion = (int)HCS_NOTIFICATIONS.HcsNotificationSystemCreateCompleted;

    private readonly SystemSignals _state = new(id);
    private SafeHcsSystemV1Handle? _handle;
    private SafeHcsSystemCallbackHandle? _callback;

    internal async Task<VmComputeContainer> RunAsync(CancellationToken abandoned)
    {
        // A call that is still running finds its wait ended when it returns, and then ends the system.
        using (abandoned.Register(() => _state.Waits.EndAll(HResult.Abandoned, forEver: true)))
        {
            return await CreateAsync().ConfigureAwait(false);
        }
    }

    private async Task<VmComputeContainer> CreateAsync()
    {
        PendingWait wait = _state.Waits.Begin(Completion);
        try
        {
            (int hresult, string? result) = await NativeCall.RunAsync(nameof(HcsCreateComputeSystem), id, Create)
                .ConfigureAwait(false);
            if (HResult.Same(hresult, NativeResult.VmComputePending))
            {
                (hresult, result) = await EndedAsync(wait).ConfigureAwait(false);
            }
            else if (hresult >= 0 && wait.Ended.IsCompleted)
            {
                (hresult, result) = await wait.Ended.ConfigureAwait(false);
            }

            VmComputeCall.Check(nameof(HcsCreateComputeSystem), id, (hresult, result));
            return new VmComputeContainer(_state, _handle!, _callback!, opened: false);
        }
        catch
        {
            await Task.Run(End).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _state.Waits.Forget(wait);
        }
    }

    /// <summary>Creates the system and registers for its notifications, the first of which may be late.</summary>
    private (int HResult, string? Document) Create()
    {
        int hresult = HcsCreateComputeSystem(
            id, document, identity: default, out _handle, out SafeCoTaskString result);
        string? resultDocument = result.Take();
        if (hresult >= 0 || HResult.Same(hresult, NativeResult.VmComputePending))
        {
            _callback = VmComputeNotifications.Listen(id, _handle, new SystemNotifications(_state));
        }

        return (hresult, resultDocument);
    }

    /// <summary>
    /// The callback is registered after the call, so its notification may already have been sent. That the service
    /// repeats it is observed, not documented. So, after some time, a system that reports the state Created counts as
    /// created.
    /// </summary>
    private async Task<(int HResult, string? Document)> EndedAsync(PendingWait wait)
    {
        while (await Task.WhenAny(wait.Ended, Task.Delay(patience)).ConfigureAwait(false) != wait.Ended)
        {
            if (await IsCreatedAsync().ConfigureAwait(false))
            {
                return (0, null);
            }
        }

        return await wait.Ended.ConfigureAwait(false);
    }

    private async Task<bool> IsCreatedAsync()
    {
        try
        {
            string? properties = await VmComputeCall.AskAsync(
                nameof(HcsGetComputeSystemProperties),
                id,
                (out SafeCoTaskString answer, out SafeCoTaskString result) =>
                    HcsGetComputeSystemProperties(_handle!, "{}", out answer, out result)).ConfigureAwait(false);
            return AnswerDocument.Read<ContainerProperties>(
                nameof(HcsGetComputeSystemProperties), id, properties).State == "Created";
        }
        catch (HcsException)
        {
            // The system is not ready yet: the notification is still awaited.
            return false;
        }
    }

    private void End()
    {
        if (_handle is { IsInvalid: false })
        {
            // Best effort: the caller gets the failure that led here, and the handle is closed next.
            _ = HcsTerminateComputeSystem(_handle, null, out SafeCoTaskString result);
            result.Dispose();
        }

        _callback?.Dispose();
        _handle?.Dispose();
    }
}
