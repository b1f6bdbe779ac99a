using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>A container that exits when the test demands it.</summary>
internal sealed class ObedientContainer(string id, CallLog log) : IContainer
{
    private readonly TaskCompletionSource<SystemExitStatus> _exited = new();

    public event Action<ComputeSystemEvent>? EventReceived;

    public string Id => id;

    public Task<SystemExitStatus> Exited => _exited.Task;

    public ObedientProcess? LastProcess { get; private set; }

    public bool IsWatched => EventReceived is not null;

    public Task StartAsync(CallOptions options) => log.Do("Start", true);

    public Task ShutdownAsync(CallOptions options) => log.Do("Shutdown", true);

    public Task TerminateAsync(CallOptions options) => log.Do("Terminate", true);

    public Task PauseAsync(CallOptions options) => log.Do("Pause", true);

    public Task ResumeAsync(CallOptions options) => log.Do("Resume", true);

    public Task SaveAsync(string path, CallOptions options) => log.Do("Save", true);

    public Task CrashAsync(CallOptions options) => log.Do("Crash", true);

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options) =>
        log.Do(
            query.PropertyTypes?[0] switch
            {
                null => "Properties",
                "MappedVirtualDisk" => "MappedVirtualDisks",
                "PendingUpdates" => "HasPendingUpdates",
                var type => type,
            },
            new ContainerProperties());

    public Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options) =>
        log.Do<IProcess>("CreateProcess", LastProcess = new ObedientProcess(log));

    public Task<IProcess> OpenProcessAsync(uint processId, CallOptions options) =>
        log.Do<IProcess>("OpenProcess", LastProcess = new ObedientProcess(log));

    public Task ModifyAsync(string request, CallOptions options) => log.Do("Modify", true);

    public void Close() => log.Add("Close");

    /// <summary>Raises an event.</summary>
    public void Tell(ComputeSystemEventType type) =>
        EventReceived?.Invoke(new ComputeSystemEvent(type, id, DateTimeOffset.Now, null, null));

    public void Exit()
    {
        Tell(ComputeSystemEventType.SystemExited);
        ExitUntold();
    }

    /// <summary>Exits without raising the event.</summary>
    public void ExitUntold()
    {
        _exited.TrySetResult(new SystemExitStatus { ExitType = "GracefulExit" });
    }
}
