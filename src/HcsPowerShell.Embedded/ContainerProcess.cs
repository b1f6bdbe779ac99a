using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded;

/// <summary>One process of a system, shared by the handles on it.</summary>
internal sealed class ContainerProcess
{
    private readonly string _containerId;
    private int _killed;

    public ContainerProcess(string containerId, ISandboxProcess process)
    {
        _containerId = containerId;
        Process = process;
        Exited = StatusAsync(process);
    }

    public ISandboxProcess Process { get; }

    public uint ProcessId => Process.ProcessId;

    public Task<ProcessStatus> Exited { get; }

    /// <summary>Ends when the event of its exit has been raised.</summary>
    public Task ExitTold { get; set; } = Task.CompletedTask;

    public void Kill()
    {
        if (Exited.IsCompleted)
        {
            throw Refusal.ProcessAlreadyStopped(_containerId, "HcsTerminateProcess", ProcessId);
        }

        if (Interlocked.Exchange(ref _killed, 1) != 0)
        {
            return;
        }

        try
        {
            Process.Kill();
        }
        catch (HcsException)
        {
            // It runs on, and may be killed again.
            Volatile.Write(ref _killed, 0);
            throw;
        }
    }

    public void ResizeConsole(ushort width, ushort height)
    {
        const string Function = "HcsModifyProcess";
        if (Exited.IsCompleted)
        {
            throw Refusal.ProcessAlreadyStopped(_containerId, Function, ProcessId);
        }

        if (Process is not IConsoleProcess console)
        {
            throw Refusal.NotSupported(
                _containerId, Function, "The process has no console: EmulateConsole asks for one at its start.");
        }

        console.Resize(width, height);
    }

    private static async Task<ProcessStatus> StatusAsync(ISandboxProcess process)
    {
        uint? exitCode = await process.Exited.ConfigureAwait(false);
        return new ProcessStatus
        {
            ProcessId = process.ProcessId,
            Exited = true,
            ExitCode = exitCode ?? 0,
            OutOfMemory = process.IsOutOfMemory,
            LastWaitResult = exitCode is null ? HResult.ElementNotFound : 0,
        };
    }
}
