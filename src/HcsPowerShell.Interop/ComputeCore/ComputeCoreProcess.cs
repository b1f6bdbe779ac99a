using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>A process that is operated through an HCS_PROCESS handle of computecore.</summary>
internal sealed class ComputeCoreProcess : NativeProcess
{
    private const uint GenericAll = 0x10000000;

    private readonly SafeHcsProcessHandle _handle;

    private ComputeCoreProcess(ProcessSignals state, SafeHcsProcessHandle handle, ProcessStdio? stdio)
        : base(state, stdio)
    {
        _handle = handle;
        var target = new WeakReference<SafeHcsProcessHandle>(handle);
        state.Query = () => target.TryGetTarget(out SafeHcsProcessHandle? process)
            ? QueryAsync(state, process)
            : Task.FromResult<ProcessStatus?>(null);
    }

    internal static async Task<ComputeCoreProcess> StartAsync(
        SystemSignals system, SafeHcsSystemHandle handle, string parameters)
    {
        SafeHcsProcessHandle? process = null;
        HCS_PROCESS_INFORMATION information;
        try
        {
            OperationResult started = await new HcsOperation(
                nameof(HcsCreateProcess),
                system.Id,
                system.Waits,
                op => HcsCreateProcess(handle, parameters, op, securityDescriptor: default, out process),
                hasProcess: true).RunAsync().ConfigureAwait(false);
            information = started.Process;
        }
        catch (HcsException e) when (e.Is(HResult.InvalidArgument) && process is { IsInvalid: false })
        {
            information = await RecoverAsync(system, process, e).ConfigureAwait(false);
        }
        catch
        {
            process?.Dispose();
            throw;
        }

        var created = new ComputeCoreProcess(
            new ProcessSignals(system, information.ProcessId), process!, NativeStdio.Open(information));
        system.ReportInOrder(ComputeSystemEventType.ProcessStarted, processId: information.ProcessId);
        return await ListenAsync(created, killOnFailure: true).ConfigureAwait(false);
    }

    internal static async Task<ComputeCoreProcess> OpenAsync(
        SystemSignals system, SafeHcsSystemHandle handle, uint processId)
    {
        SafeHcsProcessHandle process = await NativeCall.RunAsync(nameof(HcsOpenProcess), system.Id, () =>
        {
            int hresult = HcsOpenProcess(handle, processId, GenericAll, out SafeHcsProcessHandle opened);
            if (hresult >= 0)
            {
                return opened;
            }

            opened.Dispose();
            throw new HcsException(nameof(HcsOpenProcess), hresult, system.Id);
        }).ConfigureAwait(false);
        return await ListenAsync(
            new ComputeCoreProcess(new ProcessSignals(system, processId), process, stdio: null),
            killOnFailure: false).ConfigureAwait(false);
    }

    private protected override Task TerminateAsync() => RunAsync(
        nameof(HcsTerminateProcess), op => HcsTerminateProcess(_handle, op, null));

    private protected override Task ModifyAsync(string settings) => RunAsync(
        nameof(HcsModifyProcess), op => HcsModifyProcess(_handle, op, settings));

    private protected override void CloseHandle() => _handle.Dispose();

    private static async Task<ProcessStatus?> QueryAsync(ProcessSignals state, SafeHcsProcessHandle process)
    {
        OperationResult result = await new HcsOperation(
            nameof(HcsGetProcessProperties),
            state.System.Id,
            state.Waits,
            op => HcsGetProcessProperties(process, op, null)).RunAsync().ConfigureAwait(false);
        return ProcessStatusDocument.Read(result.Document);
    }

    /// <summary>
    /// Server 2022 may start a process in a process-isolated container and then fail with an invalid argument; the
    /// handle it returned can still be queried. This is never done after a success, where it would race with a
    /// short-lived process.
    /// </summary>
    private static async Task<HCS_PROCESS_INFORMATION> RecoverAsync(
        SystemSignals system, SafeHcsProcessHandle process, HcsException refusal)
    {
        try
        {
            OperationResult known = await new HcsOperation(
                nameof(HcsGetProcessInfo),
                system.Id,
                system.Waits,
                op => HcsGetProcessInfo(process, op),
                hasProcess: true).RunAsync().ConfigureAwait(false);
            return known.Process;
        }
        catch (HcsException)
        {
            process.Dispose();
            throw refusal;
        }
    }

    private static async Task<ComputeCoreProcess> ListenAsync(ComputeCoreProcess process, bool killOnFailure)
    {
        try
        {
            ComputeCoreEvents.Listen(process.State.System.Id, process._handle, new ProcessEvents(process.State));
            return process;
        }
        catch (Exception)
        {
            if (killOnFailure)
            {
                await KillUnheardAsync(process).ConfigureAwait(false);
            }

            process.Close();
            throw;
        }
    }

    private static async Task KillUnheardAsync(ComputeCoreProcess process)
    {
        try
        {
            await process.TerminateAsync().ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // The caller gets the failure that led here.
        }
    }

    private Task<OperationResult> RunAsync(string function, Func<SafeHcsOperationHandle, int> submit) =>
        new HcsOperation(function, State.System.Id, State.Waits, submit).RunAsync();
}
