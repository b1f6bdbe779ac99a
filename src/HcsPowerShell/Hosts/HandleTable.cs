using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Hosts;

/// <summary>
/// The handles that this process keeps on a host: to each container that it created or waits for, and to each process
/// that it started, waits for or was told to change, until that exits or is closed. A system is gone once it has exited;
/// only an earlier handle gives its exit status.
/// </summary>
internal sealed class HandleTable(IComputeService service, ContainerOwnership ownership)
{
    private readonly ConcurrentDictionary<string, TrackedContainer> _containers = new(ContainerId.Comparer);
    private readonly ConcurrentDictionary<(string ContainerId, uint ProcessId), TrackedProcess> _processes = new();
    private readonly object _opening = new();
    private readonly RememberedExits _exits = new();

    /// <summary>The container, when this process holds or held a handle to it; the container may have exited.</summary>
    public TrackedContainer? Find(string id) =>
        _containers.TryGetValue(id, out TrackedContainer? container) ? container : null;

    /// <summary>The containers that this process keeps an open handle to.</summary>
    public IEnumerable<TrackedContainer> Open => _containers.Values.Where(container => container.IsOpen);

    /// <summary>The ids of the containers that this process knows to have exited.</summary>
    public IEnumerable<string> EndedIds =>
        _containers.Where(container => container.Value.Exited.IsCompleted).Select(container => container.Key);

    /// <summary>Keeps a handle until the container exits.</summary>
    public TrackedContainer Add(IContainer handle)
    {
        KnownIds.Add(handle.Id);
        var container = new TrackedContainer(handle, ownership);
        _containers[handle.Id] = container;
        _exits.Add(container.Exited, () => _containers.TryRemove(handle.Id, container));
        return container;
    }

    /// <summary>The container with a kept handle; opens a handle when there is none yet.</summary>
    public async Task<TrackedContainer> TrackAsync(string id, Deadline deadline)
    {
        TrackedContainer? tracked = Find(id);
        if (tracked is { IsOpen: true })
        {
            return tracked;
        }

        IContainer handle = await service.OpenContainerAsync(id, deadline).ConfigureAwait(false);
        lock (_opening)
        {
            if (Find(id) is not { IsOpen: true } other)
            {
                return Add(handle);
            }

            tracked = other;
        }

        // Another runspace was faster. One handle is enough, and Close-HcsContainer closes only one.
        UnreportedClose.Run(handle.Close);
        return tracked;
    }

    /// <summary>A handle for one command: the kept one, or a separate one that closes with the lease.</summary>
    public async Task<ContainerLease> OpenAsync(string id, Deadline deadline)
    {
        if (Find(id) is { IsOpen: true } tracked)
        {
            return new ContainerLease(tracked);
        }

        IContainer handle = await service.OpenContainerAsync(id, deadline).ConfigureAwait(false);
        KnownIds.Add(id);
        return new ContainerLease(handle);
    }

    /// <summary>The process in a container, when this PowerShell process started it or waits for it.</summary>
    public TrackedProcess? Find(string containerId, uint processId) =>
        _processes.TryGetValue(Key(containerId, processId), out TrackedProcess? process) ? process : null;

    /// <summary>
    /// Keeps a handle to a process until it exits or, when it has pipes to read, until its output was read or it is
    /// closed.
    /// </summary>
    public TrackedProcess Add(string containerId, IProcess handle, ProcessStdio stdio, DateTimeOffset seen)
    {
        var process = new TrackedProcess(handle, stdio, seen);
        (string, uint) key = Key(containerId, handle.ProcessId);
        _processes[key] = process;
        _exits.Add(process.Done, () => _processes.TryRemove(key, process));
        return process;
    }

    /// <summary>The process with a kept handle; opens a handle when there is none yet.</summary>
    public async Task<TrackedProcess> TrackAsync(string containerId, uint processId, Deadline deadline)
    {
        TrackedProcess? tracked = Find(containerId, processId);
        if (tracked is { IsOpen: true })
        {
            return tracked;
        }

        try
        {
            // The id of a process that is known to have exited may belong to another process now.
            using ContainerLease container = await OpenAsync(containerId, deadline).ConfigureAwait(false);
            IProcess handle = await container.Container.OpenProcessAsync(processId, deadline).ConfigureAwait(false);
            return Add(containerId, handle, ProcessStdio.None, DateTimeOffset.Now);
        }
        catch (HcsException) when (tracked is { IsReleased: false })
        {
            return tracked;
        }
    }

    /// <summary>Waits until all containers and processes that have exited by now report their exit.</summary>
    public async Task ObserveExitsAsync()
    {
        IEnumerable<Task> exits = _containers.Values.Where(c => c.Handle.Exited.IsCompleted).Select(c => (Task)c.Exited)
            .Concat(_processes.Values.Where(p => p.Handle.Exited.IsCompleted).Select(p => p.Exited));
        foreach (Task exit in exits)
        {
            await Task.WhenAny(exit).ConfigureAwait(false);
        }
    }

    private static (string ContainerId, uint ProcessId) Key(string containerId, uint processId) =>
        (containerId.ToUpperInvariant(), processId);
}
