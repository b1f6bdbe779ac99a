using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A process this host has started, and is the one to reap.</summary>
/// <remarks>Only its own id is ever waited for: .NET waits for the children it started itself.</remarks>
internal sealed class ChildProcess
{
    private const int WaiterStackSize = 128 * 1024;
    private const uint KilledBySignal = 128;

    private readonly object _reaping = new();
    private readonly TaskCompletionSource<uint?> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IChildObserver? _observer;
    private bool _reaped;

    private ChildProcess(ProcessKey key, IChildObserver? observer)
    {
        Key = key;
        _observer = observer;
    }

    public ProcessKey Key { get; }

    /// <summary>
    /// Completes with the exit code, 128 + signal if one killed it; null when someone else took its status (SIGCHLD was
    /// ignored by who started this host).
    /// </summary>
    public Task<uint?> Exited => _exited.Task;

    /// <summary>By the kernel's word: an exit may not have been noticed yet.</summary>
    /// <remarks>What cannot be read, for want of descriptors for one, is not dead.</remarks>
    public bool IsAlive => ProcStat.Read(new ProcReader(), Key.ProcessId) is { } stat
        ? stat.IsAlive && stat.Key == Key
        : Libc.kill(Key.ProcessId, 0) == 0;

    /// <summary>Starts a program that does some work for this host, and stays in its session; it is not watched yet.</summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public static ChildProcess StartTool(
        string executable,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        FileDescriptor?[] standard) =>
        Of(PosixSpawn.Start(executable, arguments, environment, "/", standard, isTool: true), observer: null);

    /// <summary>Starts a process in a session of its own; it is not watched before <see cref="Watch"/>.</summary>
    /// <exception cref="HcsException">The system refuses.</exception>
    public static ChildProcess Start(
        string executable,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        string workingDirectory,
        FileDescriptor?[] standard,
        IChildObserver? observer,
        string? terminal = null) =>
        Of(PosixSpawn.Start(executable, arguments, environment, workingDirectory, standard, terminal), observer);

    private static ChildProcess Of(int pid, IChildObserver? observer)
    {
        // Not reaped yet, so the entry is there; without /proc there is nothing to keep apart by start time either.
        ulong startTicks = ProcStat.Read(new ProcReader(), pid)?.Key.StartTicks ?? 0;
        return new ChildProcess(new ProcessKey(pid, startTicks), observer);
    }

    /// <param name="usePidfd">False waits on a thread of its own, as on a kernel (before 5.3) without pidfd.</param>
    public void Watch(bool usePidfd)
    {
        int number = usePidfd ? Libc.pidfd_open(Key.ProcessId) : -1;
        if (number < 0)
        {
            new Thread(WaitAndReap, WaiterStackSize) { IsBackground = true, Name = "HCS embedded wait" }.Start();
            return;
        }

        FileDescriptor pidfd = new(number);
        Reactor.Shared.Register(pidfd, Libc.POLLIN, () =>
        {
            pidfd.Dispose();
            Reap();
        });
    }

    /// <summary>Kills it, never another that got its id.</summary>
    public void Kill()
    {
        lock (_reaping)
        {
            if (!_reaped)
            {
                Signal.Send(Key.ProcessId, Libc.SIGKILL);
            }
        }
    }

    private void WaitAndReap()
    {
        byte[] info = new byte[128];
        while (Libc.waitid(Libc.P_PID, (uint)Key.ProcessId, info, Libc.WEXITED | Libc.WNOWAIT) != 0
            && Marshal.GetLastWin32Error() == Errno.EINTR)
        {
        }

        Reap();
    }

    // Whatever becomes of its accounts, the exit is told.
    private void Reap()
    {
        uint? exitCode = null;
        try
        {
            exitCode = ReapObserved();
        }
        finally
        {
            // Remembered, it must not keep its sandbox.
            _observer = null;
            _exited.SetResult(exitCode);
        }
    }

    private uint? ReapObserved()
    {
        // What it used can be read only until it is reaped.
        ProcIo? io = null;
        if (_observer is not null)
        {
            ProcReader reader = new();
            io = ProcIo.Read(reader, Key.ProcessId);
            if (ProcStat.Read(reader, Key.ProcessId) is { } stat && stat.Key == Key)
            {
                _observer.Exiting(stat, io);
            }
        }

        uint? exitCode = null;
        Libc.ResourceUsage usage;
        lock (_reaping)
        {
            if (Libc.wait4(Key.ProcessId, out int status, Libc.WNOHANG, out usage) == Key.ProcessId)
            {
                int signal = status & 0x7F;
                exitCode = signal == 0 ? (uint)(status >> 8) & 0xFF : KilledBySignal + (uint)signal;
            }

            _reaped = true;
        }

        _observer?.Reaped(Key, usage, io);
        return exitCode;
    }
}
