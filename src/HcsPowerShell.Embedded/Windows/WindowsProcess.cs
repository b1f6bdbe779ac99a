using System.ComponentModel;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Windows.Native;
using HcsPowerShell.Interop.Documents;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>A process in a job. Its handle stays open until it exits, so that Windows does not reuse its id.</summary>
internal sealed class WindowsProcess : ISandboxProcess
{
    // Exit code of a killed process, the same on every operating system.
    internal const uint KilledExitCode = 137;

    private readonly SafeProcessHandle _process;
    private readonly ProcessEnd _end;
    private readonly TaskCompletionSource<ProcessStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private RegisteredWaitHandle? _registration;

    /// <summary>Takes over the resumed process and its streams.</summary>
    public WindowsProcess(SuspendedProcess start, Stream? input, Stream? output, Stream? error)
        : this(start.Process, start.End, start.ProcessId, input, output, error)
    {
    }

    private WindowsProcess(
        SafeProcessHandle process, ProcessEnd end, uint processId, Stream? input, Stream? output, Stream? error)
    {
        _process = process;
        _end = end;
        ProcessId = processId;
        StandardInput = input;
        StandardOutput = output;
        StandardError = error;
        lock (_gate)
        {
            _registration = ThreadPool.RegisterWaitForSingleObject(
                _end, (_, _) => OnExit(), null, Timeout.Infinite, executeOnlyOnce: true);
        }
    }

    /// <summary>Opens a process that another process has started; null when it has ended.</summary>
    public static WindowsProcess? Open(uint processId)
    {
        SafeProcessHandle process = Kernel32.OpenProcess(
            Kernel32.PROCESS_QUERY_LIMITED_INFORMATION | Kernel32.PROCESS_TERMINATE | Kernel32.SYNCHRONIZE,
            false,
            processId);
        if (!process.IsInvalid)
        {
            return new WindowsProcess(process, new ProcessEnd(process), processId, null, null, null);
        }

        var failure = new Win32Exception();
        return failure.NativeErrorCode == Kernel32.ERROR_INVALID_PARAMETER
            ? null
            : throw HcsFailure.Of("HcsOpenProcess", null, failure);
    }

    /// <inheritdoc/>
    public uint ProcessId { get; }

    /// <inheritdoc/>
    public Task<ProcessStatus> Exited => _exited.Task;

    /// <inheritdoc/>
    public Stream? StandardInput { get; }

    /// <inheritdoc/>
    public Stream? StandardOutput { get; }

    /// <inheritdoc/>
    public Stream? StandardError { get; }

    /// <inheritdoc/>
    public IProcessConsole? Console => null;

    /// <inheritdoc/>
    public void Kill()
    {
        lock (_gate)
        {
            if (_process.IsClosed || Kernel32.TerminateProcess(_process, KilledExitCode))
            {
                return;
            }

            // The handle has every right, so ERROR_ACCESS_DENIED means that the process is already ending.
            var failure = new Win32Exception();
            if (failure.NativeErrorCode != Kernel32.ERROR_ACCESS_DENIED)
            {
                throw HcsFailure.Of("HcsTerminateProcess", null, failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void OnExit()
    {
        uint exitCode;
        lock (_gate)
        {
            // The handle has every right CreateProcessW gives, so this call cannot be refused.
            _ = Kernel32.GetExitCodeProcess(_process, out exitCode);
            _registration!.Unregister(null);
            _registration = null;
            _end.Dispose();
            _process.Dispose();
        }

        _exited.SetResult(ProcessExit.Of(ProcessId, exitCode));
    }
}
