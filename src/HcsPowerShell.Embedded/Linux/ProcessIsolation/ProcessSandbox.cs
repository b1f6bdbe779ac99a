using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>Ordinary child processes, each in a session of its own, held together by a marker in their environment.</summary>
/// <remarks>
/// A process that clears its environment, leaves its session and outlives its parent before a scan has seen it is not
/// found again.
/// </remarks>
internal sealed class ProcessSandbox : ISandbox, IChildObserver
{
    private readonly object _gate = new();
    private readonly string _id;
    private readonly Guardian _guardian;
    private readonly string _marker;
    private readonly bool _usePidfd;
    private readonly Action<ProcessSandbox> _disposed;
    private readonly SandboxSessions _sessions;
    private readonly SandboxMembers _members;
    private readonly SandboxTree _tree;
    private readonly SandboxSampler _sampler;
    private readonly Accounting _accounting = new();
    private bool _hasStarted;
    private bool _isDisposed;

    public ProcessSandbox(
        string id, string markerPrefix, Guardian guardian, bool usePidfd, Action<ProcessSandbox> disposed)
    {
        _id = id;
        _guardian = guardian;
        _usePidfd = usePidfd;
        _disposed = disposed;
        _marker = $"{markerPrefix}{Guid.NewGuid():N}";
        _sessions = new SandboxSessions(guardian);
        _members = new SandboxMembers(_marker, _sessions);
        _tree = new SandboxTree(id, _members, _sessions);
        _sampler = new SandboxSampler(_members, _accounting);
    }

    public Task Gone { get; } = new TaskCompletionSource<bool>().Task;

    public Task BeginAsync() => Task.CompletedTask;

    public Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan)
    {
        ProcessPlan start = plan(MachineFiles.Instance);
        if (start.HasNullCharacter)
        {
            throw new HcsException("HcsCreateProcess", HResult.InvalidArgument);
        }

        ProgramCheck.Require(MachinePrograms.Instance, start);
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new HcsException("HcsCreateProcess", HResult.SystemAlreadyStopped, _id);
            }

            _hasStarted = true;
            _guardian.EnsureRunning();
            return Task.FromResult<ISandboxProcess>(
                start.Console is { } console ? StartInConsole(start, console) : StartWithPipes(start));
        }
    }

    public ISandboxProcess? Open(uint processId)
    {
        lock (_gate)
        {
            foreach (ProcStat process in _members.Scan())
            {
                if (process.IsAlive && (uint)process.Key.ProcessId == processId)
                {
                    return new ForeignProcess(process.Key, processId);
                }
            }

            return null;
        }
    }

    public Task PauseAsync()
    {
        lock (_gate)
        {
            _tree.Stop();
        }

        return Task.CompletedTask;
    }

    public Task ResumeAsync()
    {
        lock (_gate)
        {
            _tree.Continue();
        }

        return Task.CompletedTask;
    }

    /// <remarks>Does nothing: the processes are ordinary, and there is no resource to change.</remarks>
    public Task ModifyAsync(ResourceChange change) => Task.CompletedTask;

    public void Shutdown()
    {
        lock (_gate)
        {
            _tree.Terminate();
        }
    }

    public Task KillAsync()
    {
        lock (_gate)
        {
            KillTree();
        }

        return Task.CompletedTask;
    }

    public bool HasProcesses()
    {
        lock (_gate)
        {
            return _hasStarted && _members.Scan().Exists(process => process.IsAlive);
        }
    }

    public Task<Statistics> GetStatisticsAsync() => Task.Run(() =>
    {
        lock (_gate)
        {
            return _sampler.Statistics();
        }
    });

    public IReadOnlyList<ProcessListItem> GetProcesses()
    {
        lock (_gate)
        {
            return _sampler.Processes();
        }
    }

    public Task RemoveAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return Task.CompletedTask;
            }

            _isDisposed = true;
            KillTree();
        }

        _disposed(this);
        return Task.CompletedTask;
    }

    void IChildObserver.Exiting(ProcStat stat, ProcIo? io) => _accounting.Exiting(stat, io);

    void IChildObserver.Reaped(ProcessKey process, in Libc.ResourceUsage usage, ProcIo? io)
    {
        _accounting.Reaped(process, usage, io);
        _sessions.LeaderReaped(process);
    }

    private LinuxProcess StartWithPipes(ProcessPlan start)
    {
        using Pipe? input = start.StandardInput ? Pipe.Create(childReads: true) : null;
        using Pipe? output = start.StandardOutput ? Pipe.Create(childReads: false) : null;
        using Pipe? error = start.StandardError ? Pipe.Create(childReads: false) : null;
        ChildProcess child = Spawn(start, [input?.ChildEnd, output?.ChildEnd, error?.ChildEnd], terminal: null);
        return new LinuxProcess(
            child,
            input is null ? null : new PipeStream(input.TakeOwnEnd(), FileAccess.Write),
            output is null ? null : new PipeStream(output.TakeOwnEnd(), FileAccess.Read),
            error is null ? null : new PipeStream(error.TakeOwnEnd(), FileAccess.Read));
    }

    private LinuxProcess StartInConsole(ProcessPlan start, ConsolePlan size)
    {
        PseudoTerminal terminal = PseudoTerminal.Open();
        try
        {
            terminal.Resize(size.Width, size.Height);
            ChildProcess child = Spawn(start, new FileDescriptor?[3], terminal.GetPath());
            return new LinuxProcess(child, new ProcessConsole(terminal, child.Exited, start.StandardOutput));
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    private ChildProcess Spawn(ProcessPlan start, FileDescriptor?[] standard, string? terminal)
    {
        ChildProcess child = ChildProcess.Start(
            start.Executable,
            start.Arguments,
            EnvironmentOf(start),
            start.WorkingDirectory,
            standard,
            this,
            terminal);
        Adopt(child);
        return child;
    }

    // A sandbox that never had a process is empty, and a scan walks over all processes of the machine.
    private void KillTree()
    {
        if (_hasStarted)
        {
            _tree.Kill();
        }
    }

    private void Adopt(ChildProcess child)
    {
        try
        {
            _sessions.Add(child.Key);
        }
        catch
        {
            // Without a guardian the process could be left behind.
            child.Kill();
            throw;
        }
        finally
        {
            child.Watch(_usePidfd);
        }
    }

    private List<string> EnvironmentOf(ProcessPlan start)
    {
        List<string> environment = [];
        foreach (KeyValuePair<string, string> variable in start.Environment)
        {
            if (variable.Key != Marker.Variable)
            {
                environment.Add($"{variable.Key}={variable.Value}");
            }
        }

        environment.Add(_marker);
        return environment;
    }
}
