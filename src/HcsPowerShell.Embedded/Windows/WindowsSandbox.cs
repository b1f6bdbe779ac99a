using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Windows.Native;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>A job object inside the job of the isolation: ordinary processes, watched and ended together.</summary>
internal sealed class WindowsSandbox : ISandbox
{
    // Exit code of a program that does not handle the end of its console (STATUS_CONTROL_C_EXIT).
    private const uint ShutDownExitCode = 0xC000013A;

    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly string _id;
    private readonly JobObject _outer;
    private readonly JobObject _job;
    private readonly PausedProcesses _paused = new();
    private readonly object _gate = new();
    private bool _disposed;

    /// <summary>Creates the job; it becomes a child of the outer job with its first process.</summary>
    public WindowsSandbox(string id, JobObject outer)
    {
        _id = id;
        _outer = outer;
        _job = new JobObject();
    }

    public Task Gone { get; } = new TaskCompletionSource<bool>().Task;

    public Task BeginAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan)
    {
        ProcessPlan start = plan(MachineFiles.Instance);
        if (start.Console is not null)
        {
            throw Refusal.NotSupported(
                _id, "HcsCreateProcess", "EmulateConsole: on Windows the embedded host has no consoles.");
        }

        try
        {
            using StandardStream input = StandardStream.Input(start.StandardInput);
            using StandardStream output = StandardStream.Output(start.StandardOutput);
            using StandardStream error = StandardStream.Output(start.StandardError);
            using SuspendedProcess suspended = new(start, input.Inherited, output.Inherited, error.Inherited);
            _outer.Assign(suspended.Process);
            _job.Assign(suspended.Process);
            suspended.Run();
            return Task.FromResult<ISandboxProcess>(
                new WindowsProcess(suspended, input.Take(), output.Take(), error.Take()));
        }
        catch (Win32Exception cause)
        {
            throw HcsFailure.Of("HcsCreateProcess", _id, cause);
        }
        catch (IOException cause)
        {
            throw HcsFailure.Of("HcsCreateProcess", _id, cause);
        }
    }

    /// <inheritdoc/>
    public ISandboxProcess? Open(uint processId) =>
        _job.GetProcessIds().Contains(processId) ? WindowsProcess.Open(processId) : null;

    /// <inheritdoc/>
    public Task PauseAsync()
    {
        lock (_gate)
        {
            try
            {
                _paused.Pause(_job);
                return Task.CompletedTask;
            }
            catch (Win32Exception cause)
            {
                throw HcsFailure.Of("HcsPauseComputeSystem", _id, cause);
            }
        }
    }

    /// <inheritdoc/>
    public Task ResumeAsync()
    {
        lock (_gate)
        {
            _paused.Resume();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: the processes are ordinary, and there is no resource to change.</remarks>
    public Task ModifyAsync(ResourceChange change) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>
    /// Windows offers no way to ask a process to end: a console event reaches only processes that share the console of
    /// the sender, and these processes have consoles of their own without a window. So the job ends them at once, with
    /// the exit code of a program whose console was closed (0xC000013A), and they get no chance to clean up.
    /// </remarks>
    public void Shutdown() => _job.Terminate(ShutDownExitCode);

    /// <inheritdoc/>
    /// <exception cref="HcsException">HCS_E_OPERATION_TIMEOUT: a process has not ended within 10 seconds.</exception>
    public Task KillAsync() => _job.TryEmpty(WindowsProcess.KilledExitCode, s_killPatience)
        ? Task.CompletedTask
        : throw new HcsException("HcsTerminateComputeSystem", HResult.OperationTimeout, _id);

    /// <inheritdoc/>
    public bool HasProcesses() => _job.HasProcesses();

    /// <inheritdoc/>
    public Task<Statistics> GetStatisticsAsync() => Task.Run(Sample);

    private Statistics Sample()
    {
        Statistics statistics = new() { Memory = GetMemory() };
        if (_job.GetAccounting() is { } accounting)
        {
            ulong user = (ulong)accounting.BasicInfo.TotalUserTime;
            ulong kernel = (ulong)accounting.BasicInfo.TotalKernelTime;
            statistics.Processor = new ProcessorStats
            {
                TotalRuntime100ns = user + kernel,
                RuntimeUser100ns = user,
                RuntimeKernel100ns = kernel,
            };
            statistics.Storage = StorageOf(accounting.IoInfo);
        }

        return statistics;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProcessListItem> GetProcesses() => JobMembers.Of(_job.GetProcessIds());

    /// <inheritdoc/>
    public Task RemoveAsync()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;

                // Closing the job kills the processes that outlast the wait.
                _ = _job.TryEmpty(WindowsProcess.KilledExitCode, s_killPatience);
                _job.Dispose();
                _paused.Dispose();
            }
        }

        return Task.CompletedTask;
    }

    // The system counts every transfer of the processes, including transfers through pipes, and does not normalise by
    // size.
    private static StorageStats StorageOf(Kernel32.IO_COUNTERS counters) => new()
    {
        ReadCountNormalized = counters.ReadOperationCount,
        ReadSizeBytes = counters.ReadTransferCount,
        WriteCountNormalized = counters.WriteOperationCount,
        WriteSizeBytes = counters.WriteTransferCount,
    };

    private MemoryStats GetMemory()
    {
        IReadOnlyList<ProcessListItem> processes = GetProcesses();
        return new MemoryStats
        {
            MemoryUsageCommitBytes = Sum(processes.Select(process => process.MemoryCommitBytes)),
            MemoryUsageCommitPeakBytes = _job.GetPeakMemory(),
            MemoryUsagePrivateWorkingSetBytes = Sum(processes.Select(process => process.MemoryWorkingSetPrivateBytes)),
        };
    }

    // The sum is unknown when one part is.
    private static ulong? Sum(IEnumerable<ulong?> parts) =>
        parts.Aggregate((ulong?)0, (sum, part) => sum + part);
}
