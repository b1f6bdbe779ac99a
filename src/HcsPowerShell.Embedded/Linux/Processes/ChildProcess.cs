using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A process this host has started and must reap.</summary>
/// <remarks>The host waits only for the id of this process: .NET waits for the children it started itself.</remarks>
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
    /// Completes with the exit code, 128 + signal if a signal killed it; null when its status is lost (the process that
    /// started this host ignored SIGCHLD).
    /// </summary>
    public Task<uint?> Exited => _exited.Task;

    /// <summary>Asks the kernel: this host may not have noticed an exit yet.</summary>
    /// <remarks>A process that cannot be read, because no descriptor is left for it, does not count as dead.</remarks>
    public bool IsAlive => ProcStat.Read(new ProcReader(), Key.ProcessId) is { } stat
        ? stat.IsAlive && stat.Key == Key
        : Libc.kill(Key.ProcessId, 0) == 0;

    /// <summary>Starts a program that works for this host and stays in its session; it is not watched yet.</summary>
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
        // The child is not reaped yet, so its entry is there; without /proc no start times are compared either.
        ulong startTicks = ProcStat.Read(new ProcReader(), pid)?.Key.StartTicks ?? 0;
        return new ChildProcess(new ProcessKey(pid, startTicks), observer);
    }

    /// <param name="usePidfd">False waits on a separate thread, as on a kernel (before 5.3) without pidfd.</param>
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

    /// <summary>Kills this process, never another process that reuses its id.</summary>
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

    // Reports the exit even if the accounting fails.
    private void Reap()
    {
        uint? exitCode = null;
        try
        {
            exitCode = ReapObserved();
        }
        finally
        {
            // A child that is still referenced must not keep its sandbox alive.
            _observer = null;
            _exited.SetResult(exitCode);
        }
    }

    private uint? ReapObserved()
    {
        // The counters can be read only until the child is reaped.
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
