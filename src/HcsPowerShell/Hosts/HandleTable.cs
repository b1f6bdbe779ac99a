using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Hosts;

/// <summary>
/// The handles this process keeps on a host: of every container it created or waits on and of every process it started,
/// until that exits or is closed. A system is gone once it has exited; only a handle from before can tell how.
/// </summary>
internal sealed class HandleTable(IComputeService service)
{
    private readonly ConcurrentDictionary<string, TrackedContainer> _containers = new(ContainerId.Comparer);
    private readonly ConcurrentDictionary<(string ContainerId, uint ProcessId), TrackedProcess> _processes = new();
    private readonly object _opening = new();
    private readonly RememberedExits _exits = new();

    /// <summary>The container, when this process holds or held a handle on it; it may have exited.</summary>
    public TrackedContainer? Find(string id) =>
        _containers.TryGetValue(id, out TrackedContainer? container) ? container : null;

    /// <summary>Keeps a handle until the container exits.</summary>
    public TrackedContainer Add(IContainer handle)
    {
        KnownIds.Add(handle.Id);
        var container = new TrackedContainer(handle);
        _containers[handle.Id] = container;
        _exits.Add(container.Exited, () => _containers.TryRemove(handle.Id, container));
        return container;
    }

    /// <summary>The container with a handle that is kept; opened when there is none yet.</summary>
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

        // Another runspace was faster: one handle is enough, and Close-HcsContainer knows of one only.
        UnreportedClose.Run(handle.Close);
        return tracked;
    }

    /// <summary>A handle for one command: the kept one, or one of its own that closes with the lease.</summary>
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

    /// <summary>The process, when this process of ours started it or waits on it.</summary>
    public TrackedProcess? Find(string containerId, uint processId) =>
        _processes.TryGetValue(Key(containerId, processId), out TrackedProcess? process) ? process : null;

    /// <summary>Keeps a handle on a process until it exits, or is closed when it has pipes to read.</summary>
    public TrackedProcess Add(string containerId, IProcess handle, ProcessStdio stdio, DateTimeOffset seen)
    {
        var process = new TrackedProcess(handle, stdio, seen);
        (string, uint) key = Key(containerId, handle.ProcessId);
        _processes[key] = process;
        _exits.Add(process.Done, () => _processes.TryRemove(key, process));
        return process;
    }

    /// <summary>The process with a handle that is kept; opened when there is none yet.</summary>
    public async Task<TrackedProcess> TrackAsync(string containerId, uint processId, Deadline deadline)
    {
        TrackedProcess? tracked = Find(containerId, processId);
        if (tracked is { IsOpen: true })
        {
            return tracked;
        }

        try
        {
            // What is known to have exited may have left its id to another.
            using ContainerLease container = await OpenAsync(containerId, deadline).ConfigureAwait(false);
            IProcess handle = await container.Container.OpenProcessAsync(processId, deadline).ConfigureAwait(false);
            return Add(containerId, handle, ProcessStdio.None, DateTimeOffset.Now);
        }
        catch (HcsException) when (tracked is { IsReleased: false })
        {
            return tracked;
        }
    }

    /// <summary>Ends when what has exited by now says so.</summary>
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
