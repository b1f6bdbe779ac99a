using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A process of a sandbox that another process of it has started; its exit code goes to its parent.</summary>
internal sealed class ForeignProcess : ISandboxProcess
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly ProcessKey _key;
    private readonly TaskCompletionSource<ProcessStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="key">The process.</param>
    /// <param name="processId">Its id as the sandbox knows it.</param>
    public ForeignProcess(ProcessKey key, uint processId)
    {
        _key = key;
        ProcessId = processId;
        int number = Libc.pidfd_open(key.ProcessId);
        if (number < 0)
        {
            _ = LookUntilGoneAsync();
            return;
        }

        FileDescriptor pidfd = new(number);
        Reactor.Shared.Register(pidfd, Libc.POLLIN, () =>
        {
            pidfd.Dispose();
            TellExit();
        });
    }

    public uint ProcessId { get; }

    public Task<ProcessStatus> Exited => _exited.Task;

    public Stream? StandardInput => null;

    public Stream? StandardOutput => null;

    public Stream? StandardError => null;

    public IProcessConsole? Console => null;

    public void Kill()
    {
        if (IsAlive())
        {
            Signal.Send(_key.ProcessId, Libc.SIGKILL);
        }
    }

    public void Dispose()
    {
    }

    // Either the kernel has no pidfd (before 5.3), where a process that is not the parent can only poll, or it has
    // exited.
    private async Task LookUntilGoneAsync()
    {
        while (IsAlive())
        {
            await Task.Delay(s_look).ConfigureAwait(false);
        }

        TellExit();
    }

    private void TellExit() => _exited.TrySetResult(ProcessExit.Of(ProcessId, exitCode: null));

    private bool IsAlive() =>
        ProcStat.Read(new ProcReader(), _key.ProcessId) is { } process && process.Key == _key && process.IsAlive;
}
