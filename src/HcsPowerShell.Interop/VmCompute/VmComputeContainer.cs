using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>A system that is operated through an HCS_SYSTEM handle of vmcompute.</summary>
internal sealed class VmComputeContainer(
    SystemSignals state, SafeHcsSystemV1Handle handle, SafeHcsSystemCallbackHandle callback, bool opened)
    : NativeContainer(state, opened)
{
    // Before Windows 10 1809 no state is reported; only the state of a system that this handle created and has not
    // started is known.
    private protected override bool TellsStateOfStarted => false;

    private protected override Task StartSystemAsync() => RunAsync(
        nameof(HcsStartComputeSystem),
        HCS_NOTIFICATIONS.HcsNotificationSystemStartCompleted,
        (out SafeCoTaskString result) => HcsStartComputeSystem(handle, null, out result));

    // It is enough that the call is accepted: the exit notification reports the end.
    private protected override Task ShutdownAsync(CancellationToken abandoned) => VmComputeCall.RunAsync(
        nameof(HcsShutdownComputeSystem),
        Id,
        (out SafeCoTaskString result) => HcsShutdownComputeSystem(handle, null, out result));

    private protected override Task TerminateAsync(CancellationToken abandoned) => VmComputeCall.RunAsync(
        nameof(HcsTerminateComputeSystem),
        Id,
        (out SafeCoTaskString result) => HcsTerminateComputeSystem(handle, null, out result));

    private protected override Task PauseAsync(CancellationToken abandoned) => RunAsync(
        nameof(HcsPauseComputeSystem),
        HCS_NOTIFICATIONS.HcsNotificationSystemPauseCompleted,
        (out SafeCoTaskString result) => HcsPauseComputeSystem(handle, null, out result));

    private protected override Task ResumeAsync(CancellationToken abandoned) => RunAsync(
        nameof(HcsResumeComputeSystem),
        HCS_NOTIFICATIONS.HcsNotificationSystemResumeCompleted,
        (out SafeCoTaskString result) => HcsResumeComputeSystem(handle, null, out result));

    private protected override Task SaveAsync(SaveOptions how, CancellationToken abandoned) => RunAsync(
        nameof(HcsSaveComputeSystem),
        HCS_NOTIFICATIONS.HcsNotificationSystemSaveCompleted,
        (out SafeCoTaskString result) => HcsSaveComputeSystem(handle, HcsJson.Write(how), out result));

    private protected override Task CrashAsync(CrashOptions how, CancellationToken abandoned) =>
        Task.FromException(VmComputeService.Missing(ComputeOperation.Crash, Id));

    private protected override async Task ModifyAsync(string request, CancellationToken abandoned)
    {
        string resolved = await NativeCall.WithoutLinksAsync(ComputeOperation.Modify, Id, request).ConfigureAwait(false);
        await RunAsync(
            nameof(HcsModifyComputeSystem),
            HCS_NOTIFICATIONS.HcsNotificationSystemModifyCompleted,
            (out SafeCoTaskString result) => HcsModifyComputeSystem(handle, resolved, out result)).ConfigureAwait(false);
    }

    private protected override Task<string?> GetPropertiesAsync(string query) => VmComputeCall.AskAsync(
        nameof(HcsGetComputeSystemProperties),
        Id,
        (out SafeCoTaskString properties, out SafeCoTaskString result) =>
            HcsGetComputeSystemProperties(handle, query, out properties, out result));

    private protected override async Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) =>
        await VmComputeProcess.StartAsync(State, handle, HcsJson.Write(config)).ConfigureAwait(false);

    private protected override async Task<ProcessBase> OpenProcessAsync(
        uint processId, CancellationToken abandoned) =>
        await VmComputeProcess.OpenAsync(State, handle, processId).ConfigureAwait(false);

    private protected override void CloseHandle()
    {
        callback.Dispose();
        handle.Dispose();
    }

    private Task RunAsync(string function, HCS_NOTIFICATIONS completion, VmComputeCall.Plain call) =>
        VmComputeCall.RunAsync(function, Id, State.Waits, (int)completion, call);
}
