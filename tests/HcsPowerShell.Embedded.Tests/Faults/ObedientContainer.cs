using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>A container that exits when the test says so.</summary>
internal sealed class ObedientContainer(string id, CallLog log) : IContainer
{
    private readonly TaskCompletionSource<SystemExitStatus> _exited = new();

    public event Action<ComputeSystemEvent>? EventReceived;

    public string Id => id;

    public Task<SystemExitStatus> Exited => _exited.Task;

    public ObedientProcess? LastProcess { get; private set; }

    public bool IsWatched => EventReceived is not null;

    public Task StartAsync(CancellationToken cancellationToken) => log.Do("Start", true);

    public Task ShutdownAsync(CancellationToken cancellationToken) => log.Do("Shutdown", true);

    public Task TerminateAsync(CancellationToken cancellationToken) => log.Do("Terminate", true);

    public Task PauseAsync(CancellationToken cancellationToken) => log.Do("Pause", true);

    public Task ResumeAsync(CancellationToken cancellationToken) => log.Do("Resume", true);

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CancellationToken cancellationToken) =>
        log.Do(
            query.PropertyTypes?[0] switch
            {
                null => "Properties",
                "MappedVirtualDisk" => "MappedVirtualDisks",
                "PendingUpdates" => "HasPendingUpdates",
                var type => type,
            },
            new ContainerProperties());

    public Task<IProcess> CreateProcessAsync(ProcessConfig config, CancellationToken cancellationToken) =>
        log.Do<IProcess>("CreateProcess", LastProcess = new ObedientProcess(log));

    public Task<IProcess> OpenProcessAsync(uint processId, CancellationToken cancellationToken) =>
        log.Do<IProcess>("OpenProcess", LastProcess = new ObedientProcess(log));

    public Task ModifyAsync(string request, CancellationToken cancellationToken) => log.Do("Modify", true);

    public void Close() => log.Add("Close");

    /// <summary>Tells a thing that happened.</summary>
    public void Tell(ComputeSystemEventType type) =>
        EventReceived?.Invoke(new ComputeSystemEvent(type, id, DateTimeOffset.Now, null, null));

    public void Exit()
    {
        Tell(ComputeSystemEventType.SystemExited);
        _exited.TrySetResult(new SystemExitStatus { ExitType = "GracefulExit" });
    }
}
