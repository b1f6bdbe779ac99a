using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Service.Execution;
using HcsPowerShell.Embedded.Service.Modification;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded.Service;

/// <summary>One compute system: its state, its processes and its end. All members may be called from any thread.</summary>
/// <remarks>
/// Changes of the system run one after another on the thread pool; the lock is held only while fields are accessed. The
/// end of the system does not wait for a change: it ends the work in progress.
/// </remarks>
internal sealed class EmbeddedSystem
{
    private static readonly TimeSpan s_shutdownPoll = TimeSpan.FromMilliseconds(50);

    // Longer than a removal takes, shorter than a caller of Terminate waits; a slower removal continues in the
    // background.
    private static readonly TimeSpan s_longestRemoval = TimeSpan.FromSeconds(4);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly bool _isSchema2;
    private readonly ISandbox _sandbox;
    private readonly Action<EmbeddedSystem> _removed;
    private readonly HashSet<SystemSignals> _handles = [];
    private readonly Dictionary<uint, KnownProcess> _processes = [];
    private EmbeddedState _state = EmbeddedState.Created;
    private ContainerConfig _config;
    private DateTimeOffset? _started;
    private bool _shuttingDown;
    private bool _hasExited;
    private Task? _ending;

    /// <param name="id">Its id.</param>
    /// <param name="document">The document it was created from.</param>
    /// <param name="sandbox">The sandbox its processes run in; the system owns it from now on.</param>
    /// <param name="removed">Called when it has ended.</param>
    public EmbeddedSystem(string id, ContainerDocument document, ISandbox sandbox, Action<EmbeddedSystem> removed)
    {
        Id = id;
        _config = document.Config;
        _isSchema2 = document.IsSchema2;
        _sandbox = sandbox;
        _removed = removed;
        EndWhenGoneAsync().Forget();
    }

    private sealed record KnownProcess(ISandboxProcess Process)
    {
        /// <summary>Completes when the event of its exit has been raised.</summary>
        public Task ExitTold { get; set; } = Task.CompletedTask;
    }

    public string Id { get; }

    /// <summary>True as soon as the system starts to end; it is then no longer listed.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _state == EmbeddedState.Stopped;
            }
        }
    }

    /// <summary>Adds an open handle.</summary>
    /// <exception cref="HcsException">The system has exited.</exception>
    public void Add(SystemSignals handle)
    {
        lock (_gate)
        {
            if (_hasExited)
            {
                throw Refusal.SystemNotFound(Id, ComputeOperation.Open.Function());
            }

            _handles.Add(handle);
        }
    }

    /// <summary>Removes a closed handle.</summary>
    public void Remove(SystemSignals handle)
    {
        bool ends;
        lock (_gate)
        {
            ends = _handles.Remove(handle) && _handles.Count == 0 && _config.TerminateOnLastHandleClosed && !_hasExited;
        }

        if (ends)
        {
            TerminateAsync().Forget();
        }
    }

    public Task StartAsync(CancellationToken abandoned) => ChangeAsync(abandoned, async () =>
    {
        Require(ComputeOperation.Start, EmbeddedState.Created);
        await _sandbox.BeginAsync().ConfigureAwait(false);
        MoveTo(ComputeOperation.Start, EmbeddedState.Running, ComputeSystemEventType.SystemStarted);
    });

    public Task PauseAsync(CancellationToken abandoned) => ChangeAsync(abandoned, async () =>
    {
        RequireRunning(ComputeOperation.Pause);
        await _sandbox.PauseAsync().ConfigureAwait(false);
        MoveTo(ComputeOperation.Pause, EmbeddedState.Paused, ComputeSystemEventType.SystemPaused);
    });

    public Task ResumeAsync(CancellationToken abandoned) => ChangeAsync(abandoned, async () =>
    {
        Require(ComputeOperation.Resume, EmbeddedState.Paused);
        await _sandbox.ResumeAsync().ConfigureAwait(false);
        MoveTo(ComputeOperation.Resume, EmbeddedState.Running, ComputeSystemEventType.SystemResumed);
    });

    /// <summary>Changes a resource by a request of the schema the system was created in.</summary>
    public Task ModifyAsync(string document, CancellationToken abandoned) => ChangeAsync(abandoned, async () =>
    {
        ResourceRequest request = ModifyDocument.Read(Id, document, _isSchema2);
        RequireRunning(ComputeOperation.Modify);
        ContainerConfig config = Config();
        var change = new ResourceChange(request, config, ChangedConfig.Of(Id, config, request));
        await _sandbox.ModifyAsync(change).ConfigureAwait(false);
        lock (_gate)
        {
            _config = change.After;
        }
    });

    /// <summary>
    /// Asks the processes to end; the system exits when the last one has ended. A second call does nothing.
    /// </summary>
    public Task ShutdownAsync(CancellationToken abandoned) => ChangeAsync(abandoned, () =>
    {
        lock (_gate)
        {
            if (_shuttingDown || _state == EmbeddedState.Stopped)
            {
                return Task.CompletedTask;
            }

            RequireLocked(ComputeOperation.Shutdown, EmbeddedState.Running);
            _shuttingDown = true;
        }

        _sandbox.Shutdown();
        ExitWhenEmptyAsync().Forget();
        return Task.CompletedTask;
    });

    /// <summary>Kills the processes and ends the system; does nothing when it has ended.</summary>
    public Task TerminateAsync() => EndAsync("ForcedExit");

    public Task<ISandboxProcess> CreateProcessAsync(ProcessConfig config, CancellationToken abandoned) =>
        ChangeAsync(abandoned, async () =>
        {
            RequireRunning(ComputeOperation.CreateProcess);
            ISandboxProcess process = await StartProcessAsync(config).ConfigureAwait(false);
            lock (_gate)
            {
                Adopt(process);
                RaiseLocked(ComputeSystemEventType.ProcessStarted, process.ProcessId);
            }

            return process;
        });

    public Task<ISandboxProcess> OpenProcessAsync(uint processId)
    {
        lock (_gate)
        {
            RequireLocked(ComputeOperation.OpenProcess, _state);
            return Running(processId) is { } known ? Task.FromResult(known) : Task.Run(() => OpenUnknown(processId));
        }
    }

    // The exit of a process may be known a moment before the process is removed.
    private ISandboxProcess? Running(uint processId) =>
        _processes.TryGetValue(processId, out KnownProcess? known) && !known.Process.Exited.IsCompleted ? known.Process : null;

    private ISandboxProcess OpenUnknown(uint processId)
    {
        ISandboxProcess process = _sandbox.Open(processId)
            ?? throw Refusal.ElementNotFound(Id, ComputeOperation.OpenProcess.Function(), processId);
        lock (_gate)
        {
            return Running(processId) ?? Adopt(process);
        }
    }

    public async Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query)
    {
        Require(ComputeOperation.Properties);
        ContainerProperties properties = Describe();
        foreach (string type in query.PropertyTypes ?? [])
        {
            await AddAsync(properties, type).ConfigureAwait(false);
        }

        return properties;
    }

    /// <summary>Gets the base properties only.</summary>
    public ContainerProperties Describe()
    {
        lock (_gate)
        {
            return new ContainerProperties
            {
                Id = Id,
                Name = _config.Name ?? Id,
                SystemType = "Container",
                Owner = _config.Owner,
                RuntimeOsType = Environment.OSVersion.Platform == PlatformID.Win32NT ? "Windows" : "Linux",
                State = _state.ToString(),
            };
        }
    }

    private ContainerConfig Config()
    {
        lock (_gate)
        {
            return _config;
        }
    }

    /// <summary>
    /// Runs a change on the thread pool after all earlier ones; starts none for a caller that has stopped waiting.
    /// </summary>
    private async Task<T> ChangeAsync<T>(CancellationToken abandoned, Func<Task<T>> change)
    {
        await _changing.WaitAsync(abandoned).ConfigureAwait(false);
        try
        {
            // The change has begun: a caller that stops waiting from here on does not stop it.
            return await Task.Run(change, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private Task ChangeAsync(CancellationToken abandoned, Func<Task> change) => ChangeAsync(abandoned, async () =>
    {
        await change().ConfigureAwait(false);
        return true;
    });

    private async Task<ISandboxProcess> StartProcessAsync(ProcessConfig config)
    {
        string? executable = null;
        try
        {
            return await _sandbox.StartAsync(files =>
            {
                ProcessPlan plan = ProcessPlanner.Build(Id, config, files);
                executable = plan.Executable;
                return plan;
            }).ConfigureAwait(false);
        }
        catch (HcsException e) when (executable is not null && e.ResultDocument is null
            && (e.Is(HResult.AccessDenied) || e.Is(HResult.BadExeFormat)))
        {
            throw Refusal.CannotExecute(Id, ComputeOperation.CreateProcess.Function(), e.HResult, executable);
        }
    }

    private async Task AddAsync(ContainerProperties properties, string type)
    {
        switch (type)
        {
            case "Statistics":
                properties.Statistics = Started() is { } started ? await SampleAsync(started).ConfigureAwait(false) : null;
                break;
            case "ProcessList":
                properties.ProcessList = [.. await Task.Run(_sandbox.GetProcesses).ConfigureAwait(false)];
                break;
            case "MappedVirtualDisk":
                properties.MappedVirtualDiskControllers = DiskControllers.Of(Config());
                break;
            case "PendingUpdates":
                properties.AreUpdatesPending = false;
                break;
            default:
                throw Refusal.InvalidArgument(
                    Id,
                    ComputeOperation.Properties.Function(),
                    $"PropertyTypes: '{type}' is not a property of a container.");
        }
    }

    private DateTimeOffset? Started()
    {
        lock (_gate)
        {
            return _started;
        }
    }

    private async Task<Statistics> SampleAsync(DateTimeOffset started)
    {
        Statistics statistics = await _sandbox.GetStatisticsAsync().ConfigureAwait(false);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        statistics.Timestamp = now;
        statistics.ContainerStartTime = started;
        statistics.Uptime100ns = (ulong)Math.Max(0, (now - started).Ticks);
        return statistics;
    }

    private async Task ExitWhenEmptyAsync()
    {
        Task[] exits;
        lock (_gate)
        {
            exits = [.. _processes.Values.Select(known => known.Process.Exited)];
        }

        await Task.WhenAll(exits).ConfigureAwait(false);
        while (!IsStopped && _sandbox.HasProcesses())
        {
            await Task.Delay(s_shutdownPoll).ConfigureAwait(false);
        }

        await EndAsync("GracefulExit").ConfigureAwait(false);
    }

    private async Task EndWhenGoneAsync()
    {
        await _sandbox.Gone.ConfigureAwait(false);
        await EndAsync("UnexpectedExit").ConfigureAwait(false);
    }

    private Task EndAsync(string exitType)
    {
        lock (_gate)
        {
            return _ending ??= Task.Run(() => EndNowAsync(exitType));
        }
    }

    private async Task EndNowAsync(string exitType)
    {
        EmbeddedState before;
        lock (_gate)
        {
            before = _state;
            _state = EmbeddedState.Stopped;
        }

        try
        {
            await _sandbox.KillAsync().ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // A process survives the kill: the system has not exited, and a caller may terminate it again.
            lock (_gate)
            {
                _state = before;
                _ending = null;
            }

            throw;
        }

        await Task.WhenAll(ProcessExitsTold()).ConfigureAwait(false);
        Task removing = _sandbox.RemoveAsync();
        await Task.WhenAny(removing, Task.Delay(s_longestRemoval)).ConfigureAwait(false);
        removing.Forget();
        TellExit(new SystemExitStatus { ExitType = exitType });
        if (removing.IsCompleted)
        {
            await removing.ConfigureAwait(false);
        }
    }

    private void TellExit(SystemExitStatus status)
    {
        // Even if a resource could not be removed, no process runs in the system any more.
        _removed(this);
        SystemSignals[] handles;
        lock (_gate)
        {
            _hasExited = true;
            handles = [.. _handles];
        }

        foreach (SystemSignals handle in handles)
        {
            handle.Exit(status, HcsJson.Write(status));
        }
    }

    private ISandboxProcess Adopt(ISandboxProcess process)
    {
        var known = new KnownProcess(process);
        _processes[process.ProcessId] = known;
        known.ExitTold = TellExitAsync(known);
        return process;
    }

    private async Task TellExitAsync(KnownProcess known)
    {
        ProcessStatus status = await known.Process.Exited.ConfigureAwait(false);
        lock (_gate)
        {
            RaiseLocked(ComputeSystemEventType.ProcessExited, status.ProcessId, HcsJson.Write(status));
            if (_processes.TryGetValue(status.ProcessId, out KnownProcess? now) && now == known)
            {
                _processes.Remove(status.ProcessId);
            }
        }
    }

    private Task[] ProcessExitsTold()
    {
        lock (_gate)
        {
            return [.. _processes.Values.Select(known => known.ExitTold)];
        }
    }

    private void MoveTo(ComputeOperation operation, EmbeddedState state, ComputeSystemEventType raised)
    {
        lock (_gate)
        {
            RequireLocked(operation, _state);
            _state = state;
            _started ??= DateTimeOffset.UtcNow;
            RaiseLocked(raised);
        }
    }

    private void Require(ComputeOperation operation, EmbeddedState? state = null)
    {
        lock (_gate)
        {
            RequireLocked(operation, state ?? _state);
        }
    }

    private void RequireRunning(ComputeOperation operation)
    {
        lock (_gate)
        {
            RequireLocked(operation, EmbeddedState.Running);
            if (_shuttingDown)
            {
                throw Refusal.InvalidState(Id, operation.Function(), _state);
            }
        }
    }

    private void RequireLocked(ComputeOperation operation, EmbeddedState state)
    {
        if (_state == EmbeddedState.Stopped)
        {
            throw Refusal.AlreadyStopped(Id, operation.Function());
        }

        if (_state != state)
        {
            throw Refusal.InvalidState(Id, operation.Function(), _state);
        }
    }

    private void RaiseLocked(ComputeSystemEventType type, uint? processId = null, string? document = null)
    {
        var raised = new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document);
        foreach (SystemSignals handle in _handles)
        {
            handle.Report(raised);
        }
    }
}
