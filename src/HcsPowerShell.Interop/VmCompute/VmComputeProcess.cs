using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>A process that is operated through an HCS_PROCESS handle of vmcompute.</summary>
internal sealed class VmComputeProcess : NativeProcess
{
    private readonly SafeHcsProcessV1Handle _handle;
    private SafeHcsProcessCallbackHandle? _callback;

    private VmComputeProcess(ProcessSignals state, SafeHcsProcessV1Handle handle, ProcessStdio? stdio)
        : base(state, stdio)
    {
        _handle = handle;
        var target = new WeakReference<SafeHcsProcessV1Handle>(handle);
        state.Query = () => target.TryGetTarget(out SafeHcsProcessV1Handle? process)
            ? QueryAsync(state.System.Id, process)
            : Task.FromResult<ProcessStatus?>(null);
    }

    internal static Task<VmComputeProcess> StartAsync(
        SystemSignals system, SafeHcsSystemV1Handle handle, string parameters) =>
        NativeCall.RunAsync(nameof(HcsCreateProcess), system.Id, () =>
        {
            int hresult = HcsCreateProcess(
                handle,
                parameters,
                out HCS_PROCESS_INFORMATION information,
                out SafeHcsProcessV1Handle process,
                out SafeCoTaskString result);
            Check(nameof(HcsCreateProcess), system.Id, hresult, process, result.Take());
            var started = new VmComputeProcess(
                new ProcessSignals(system, information.ProcessId), process, NativeStdio.Open(information));
            system.ReportInOrder(ComputeSystemEventType.ProcessStarted, processId: started.ProcessId);
            return started.Listen(killOnFailure: true);
        });

    internal static Task<VmComputeProcess> OpenAsync(
        SystemSignals system, SafeHcsSystemV1Handle handle, uint processId) =>
        NativeCall.RunAsync(nameof(HcsOpenProcess), system.Id, () =>
        {
            int hresult = HcsOpenProcess(
                handle, processId, out SafeHcsProcessV1Handle process, out SafeCoTaskString result);
            Check(nameof(HcsOpenProcess), system.Id, hresult, process, result.Take());
            var opened = new VmComputeProcess(new ProcessSignals(system, processId), process, stdio: null);
            return opened.Listen(killOnFailure: false);
        });

    private protected override Task TerminateAsync() => VmComputeCall.RunAsync(
        nameof(HcsTerminateProcess),
        State.System.Id,
        (out SafeCoTaskString result) => HcsTerminateProcess(_handle, out result));

    private protected override Task ModifyAsync(string settings) => VmComputeCall.RunAsync(
        nameof(HcsModifyProcess),
        State.System.Id,
        (out SafeCoTaskString result) => HcsModifyProcess(_handle, settings, out result));

    private protected override void CloseHandle()
    {
        _callback?.Dispose();
        _handle.Dispose();
    }

    private static async Task<ProcessStatus?> QueryAsync(string systemId, SafeHcsProcessV1Handle process)
    {
        string? status = await VmComputeCall.AskAsync(
            nameof(HcsGetProcessProperties),
            systemId,
            (out SafeCoTaskString properties, out SafeCoTaskString result) =>
                HcsGetProcessProperties(process, out properties, out result)).ConfigureAwait(false);
        return ProcessStatusDocument.Read(status);
    }

    private static void Check(
        string function, string systemId, int hresult, SafeHcsProcessV1Handle process, string? document)
    {
        if (hresult < 0)
        {
            process.Dispose();
            throw new HcsException(function, hresult, systemId, document);
        }
    }

    private VmComputeProcess Listen(bool killOnFailure)
    {
        try
        {
            _callback = VmComputeNotifications.Listen(State.System.Id, _handle, new ProcessNotifications(State));
            return this;
        }
        catch
        {
            if (killOnFailure)
            {
                _ = HcsTerminateProcess(_handle, out SafeCoTaskString result);
                result.Dispose();
            }

            Close();
            throw;
        }
    }
}
