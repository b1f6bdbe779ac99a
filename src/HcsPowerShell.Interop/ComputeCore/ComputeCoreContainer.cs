using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>A system that is operated through an HCS_SYSTEM handle of computecore.</summary>
internal sealed class ComputeCoreContainer(SystemSignals state, SafeHcsSystemHandle handle, bool opened)
    : NativeContainer(state, opened)
{
    private protected override bool TellsStateOfStarted => true;

    private protected override async Task StartSystemAsync()
    {
        await RunAsync(nameof(HcsStartComputeSystem), op => HcsStartComputeSystem(handle, op, null))
            .ConfigureAwait(false);
        State.ReportInOrder(ComputeSystemEventType.SystemStarted);
    }

    private protected override Task ShutdownAsync(CancellationToken abandoned) => RunAsync(
        nameof(HcsShutDownComputeSystem), op => HcsShutDownComputeSystem(handle, op, null));

    private protected override Task TerminateAsync(CancellationToken abandoned) => RunAsync(
        nameof(HcsTerminateComputeSystem), op => HcsTerminateComputeSystem(handle, op, null));

    private protected override async Task PauseAsync(CancellationToken abandoned)
    {
        await RunAsync(nameof(HcsPauseComputeSystem), op => HcsPauseComputeSystem(handle, op, null))
            .ConfigureAwait(false);
        State.ReportInOrder(ComputeSystemEventType.SystemPaused);
    }

    private protected override async Task ResumeAsync(CancellationToken abandoned)
    {
        await RunAsync(nameof(HcsResumeComputeSystem), op => HcsResumeComputeSystem(handle, op, null))
            .ConfigureAwait(false);
        State.ReportInOrder(ComputeSystemEventType.SystemResumed);
    }

    private protected override Task SaveAsync(SaveOptions how, CancellationToken abandoned) => RunAsync(
        nameof(HcsSaveComputeSystem), op => HcsSaveComputeSystem(handle, op, HcsJson.Write(how)));

    private protected override Task CrashAsync(CrashOptions how, CancellationToken abandoned) => RunAsync(
        nameof(HcsCrashComputeSystem), op => HcsCrashComputeSystem(handle, op, HcsJson.Write(how)));

    private protected override async Task ModifyAsync(string request, CancellationToken abandoned)
    {
        string resolved = await NativeCall.WithoutLinksAsync(ComputeOperation.Modify, Id, request).ConfigureAwait(false);
        await RunAsync(
            nameof(HcsModifyComputeSystem), op => HcsModifyComputeSystem(handle, op, resolved, identity: default))
            .ConfigureAwait(false);
    }

    private protected override async Task<string?> GetPropertiesAsync(string query)
    {
        OperationResult result = await RunAsync(
            nameof(HcsGetComputeSystemProperties), op => HcsGetComputeSystemProperties(handle, op, query))
            .ConfigureAwait(false);
        return result.Document;
    }

    private protected override async Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) =>
        await ComputeCoreProcess.StartAsync(
            State, handle, HcsJson.Write(ProcessTranslation.ToProcessParameters(config))).ConfigureAwait(false);

    private protected override async Task<ProcessBase> OpenProcessAsync(
        uint processId, CancellationToken abandoned) =>
        await ComputeCoreProcess.OpenAsync(State, handle, processId).ConfigureAwait(false);

    private protected override void CloseHandle() => handle.Dispose();

    private Task<OperationResult> RunAsync(string function, Func<SafeHcsOperationHandle, int> submit) =>
        new HcsOperation(function, Id, State.Waits, submit).RunAsync();
}
