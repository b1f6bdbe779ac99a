using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Execution;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Embedded.Modification;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded;

/// <summary>One compute system: its state, its processes and its end. All members may be called from any thread.</summary>
internal sealed class ComputeSystem
{
    private static readonly TimeSpan s_shutdownPoll = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly bool _isSchema2;
    private readonly ISandbox _sandbox;
    private readonly Action<ComputeSystem> _removed;
    private readonly TaskCompletionSource<SystemExitStatus> _exited =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ConcurrentDictionary<uint, ContainerProcess> _processes = new();
    private volatile SystemState _state = SystemState.Created;
    private DateTimeOffset? _started;
    private bool _shuttingDown;
    private Task? _ending;
    private int _handles;

    /// <param name="id">Its id.</param>
    /// <param name="document">What it was created from.</param>
    /// <param name="sandbox">Where its processes run; owned from now on.</param>
    /// <param name="removed">Called when it has ended.</param>
    public ComputeSystem(string id, ContainerDocument document, ISandbox sandbox, Action<ComputeSystem> removed)
    {
        Id = id;
        Config = document.Config;
        _isSchema2 = document.IsSchema2;
        _sandbox = sandbox;
        _removed = removed;
        _ = EndWhenGoneAsync();
    }

    public string Id { get; }

    /// <summary>What it was created with, and changed to since.</summary>
    public ContainerConfig Config { get; private set; }

    public SystemEvents Events { get; } = new();

    public Task<SystemExitStatus> Exited => _exited.Task;

    /// <summary>True from the moment it is ending; it is no longer listed then.</summary>
    public bool IsStopped => _state == SystemState.Stopped;

    public void Start()
    {
        const string Function = "HcsStartComputeSystem";
        Transition(Function, SystemState.Created, SystemState.Running, () =>
        {
            _sandbox.Begin();
            _started = DateTimeOffset.UtcNow;
        });
        Raise(ComputeSystemEventType.SystemStarted);
    }

    public void Pause()
    {
        const string Function = "HcsPauseComputeSystem";
        lock (_gate)
        {
            RequireRunning(Function);
            Transition(Function, SystemState.Running, SystemState.Paused, _sandbox.Pause);
        }

        Raise(ComputeSystemEventType.SystemPaused);
    }

    public void Resume()
    {
        Transition("HcsResumeComputeSystem", SystemState.Paused, SystemState.Running, _sandbox.Resume);
        Raise(ComputeSystemEventType.SystemResumed);
    }

    /// <summary>Changes a resource by a request of the schema the system was created in.</summary>
    public void Modify(string document)
    {
        ResourceRequest request = ModifyDocument.Read(Id, document, _isSchema2);
        lock (_gate)
        {
            RequireRunning(ModifyDocument.Function);
            var change = new ResourceChange(request, Config, ChangedConfig.Of(Id, Config, request));
            _sandbox.Modify(change);
            Config = change.After;
        }
    }

    /// <summary>Asks the processes to end; the system exits when the last one has. It does nothing when it has been called or has ended.</summary>
    public void Shutdown()
    {
        lock (_gate)
        {
            if (_shuttingDown || IsStopped)
            {
                return;
            }

            Require("HcsShutDownComputeSystem", SystemState.Running);

            _shuttingDown = true;
            _sandbox.Shutdown();
        }

        _ = Task.Run(ExitWhenEmptyAsync);
    }

    /// <summary>Kills the processes and ends the system; does nothing when it has ended.</summary>
    public Task TerminateAsync() => EndAsync("ForcedExit");

    public ContainerProcess CreateProcess(ProcessConfig config)
    {
        lock (_gate)
        {
            RequireRunning("HcsCreateProcess");
            ContainerProcess process = Adopt(new ContainerProcess(Id, Start(config)));
            Raise(ComputeSystemEventType.ProcessStarted, process.ProcessId);
            return process;
        }
    }

    public ContainerProcess OpenProcess(uint processId)
    {
        const string Function = "HcsOpenProcess";
        lock (_gate)
        {
            RequireAlive(Function);
            if (_processes.TryGetValue(processId, out ContainerProcess? known))
            {
                return known;
            }

            ISandboxProcess process = _sandbox.Open(processId)
                ?? throw Refusal.ElementNotFound(Id, Function, processId);
            return Adopt(new ContainerProcess(Id, process));
        }
    }

    public ContainerProperties GetProperties(PropertyQuery query)
    {
        const string Function = "HcsGetComputeSystemProperties";
        RequireAlive(Function);
        ContainerProperties properties = Describe();
        foreach (string type in query.PropertyTypes ?? [])
        {
            Add(properties, type, Function);
        }

        return properties;
    }

    /// <summary>The base properties alone.</summary>
    public ContainerProperties Describe() => new()
    {
        Id = Id,
        Name = Config.Name ?? Id,
        SystemType = "Container",
        Owner = Config.Owner,
        RuntimeOsType = Environment.OSVersion.Platform == PlatformID.Win32NT ? "Windows" : "Linux",
        State = _state.ToString(),
    };

    public void AddHandle() => Interlocked.Increment(ref _handles);

    public void ReleaseHandle()
    {
        if (Interlocked.Decrement(ref _handles) == 0 && Config.TerminateOnLastHandleClosed)
        {
            _ = TerminateAsync();
        }
    }

    private ISandboxProcess Start(ProcessConfig config)
    {
        ProcessStart plan;
        using (ISandboxFiles files = _sandbox.OpenFiles())
        {
            plan = ProcessPlan.Build(Id, config, files);
        }

        try
        {
            return _sandbox.Start(plan);
        }
        catch (HcsException e) when (e.ResultDocument is null && (e.Is(HResult.AccessDenied) || e.Is(HResult.BadExeFormat)))
        {
            throw Refusal.CannotExecute(Id, "HcsCreateProcess", e.HResult, plan.Executable);
        }
    }

    private void Add(ContainerProperties properties, string type, string function)
    {
        switch (type)
        {
            case "Statistics":
                properties.Statistics = _started is { } started ? Sample(started) : null;
                break;
            case "ProcessList":
                properties.ProcessList = [.. _sandbox.GetProcesses()];
                break;
            case "MappedVirtualDisk":
                properties.MappedVirtualDiskControllers = DiskControllers.Of(Config);
                break;
            case "PendingUpdates":
                properties.AreUpdatesPending = false;
                break;
            default:
                throw Refusal.InvalidArgument(Id, function, $"PropertyTypes: '{type}' is not a property of a container.");
        }
    }

    private Statistics Sample(DateTimeOffset started)
    {
        Statistics statistics = _sandbox.GetStatistics();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        statistics.Timestamp = now;
        statistics.ContainerStartTime = started;
        statistics.Uptime100ns = (ulong)Math.Max(0, (now - started).Ticks);
        return statistics;
    }

    private async Task ExitWhenEmptyAsync()
    {
        await Task.WhenAll(_processes.Values.Select(p => p.Exited)).ConfigureAwait(false);
        while (!Exited.IsCompleted && _sandbox.HasProcesses())
        {
            await Task.WhenAny(Exited, Task.Delay(s_shutdownPoll)).ConfigureAwait(false);
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
            return _ending ??= Task.Run(() => End(exitType));
        }
    }

    private async Task End(string exitType)
    {
        SystemState before = _state;
        _state = SystemState.Stopped;
        try
        {
            _sandbox.Kill();
        }
        catch (HcsException)
        {
            // A process withstands the kill: the system has not exited, and may be told to again.
            lock (_gate)
            {
                _state = before;
                _ending = null;
            }

            throw;
        }

        // Handles close once the exit is known, and then tell only what was raised before.
        await Task.WhenAll(ProcessExitsTold()).ConfigureAwait(false);
        try
        {
            _sandbox.Dispose();
        }
        finally
        {
            // Whatever could not be tidied up: nothing runs in it any more.
            _removed(this);
            var status = new SystemExitStatus { ExitType = exitType };
            Raise(ComputeSystemEventType.SystemExited, document: HcsJson.Write(status));
            _exited.TrySetResult(status);
        }
    }

    private ContainerProcess Adopt(ContainerProcess process)
    {
        _processes[process.ProcessId] = process;
        process.ExitTold = TellExitAsync(process);
        return process;
    }

    private async Task TellExitAsync(ContainerProcess process)
    {
        ProcessStatus status = await process.Exited.ConfigureAwait(false);
        Raise(ComputeSystemEventType.ProcessExited, process.ProcessId, HcsJson.Write(status));
        _processes.TryRemove(process.ProcessId, process);
    }

    private Task[] ProcessExitsTold()
    {
        lock (_gate)
        {
            return [.. _processes.Values.Select(p => p.ExitTold)];
        }
    }

    private void Transition(string function, SystemState from, SystemState to, Action act)
    {
        lock (_gate)
        {
            Require(function, from);
            act();
            _state = to;
        }
    }

    private void Require(string function, SystemState state)
    {
        RequireAlive(function);
        if (_state != state)
        {
            throw Refusal.InvalidState(Id, function, _state);
        }
    }

    private void RequireRunning(string function)
    {
        Require(function, SystemState.Running);
        if (_shuttingDown)
        {
            throw Refusal.InvalidState(Id, function, _state);
        }
    }

    private void RequireAlive(string function)
    {
        if (_state == SystemState.Stopped)
        {
            throw Refusal.AlreadyStopped(Id, function);
        }
    }

    private void Raise(ComputeSystemEventType type, uint? processId = null, string? document = null) =>
        Events.Raise(new ComputeSystemEvent(type, Id, DateTimeOffset.UtcNow, processId, document));
}
