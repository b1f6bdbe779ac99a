using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>
/// Collects the events of a container from the creation of this object. The queue has no limit, so the service never
/// waits, and no event is lost while the pipeline is slow.
/// </summary>
internal sealed class WatchedContainer : IDisposable
{
    // The events of its processes, and its own, may be delivered after the exit is known.
    private static readonly TimeSpan s_afterExit = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<ComputeSystemEvent?> _events = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly ContainerLease _lease;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _isDisposed;

    public WatchedContainer(ContainerTarget target, ContainerLease lease)
    {
        Target = target;
        _lease = lease;
        lease.Container.EventReceived += AddNew;
        _ = EndAfterExitAsync(_disposed.Token);
    }

    public ContainerTarget Target { get; }

    /// <summary>
    /// Writes the events until the container has exited, or the time has passed; null watches without end.
    /// </summary>
    /// <exception cref="HcsException">The connection to the service is lost, or the handle was closed.</exception>
    public async Task RunAsync(int? seconds, ICommandOutput output, CancellationToken stop)
    {
        _ = seconds is { } limit ? EndAfterAsync(TimeSpan.FromSeconds(limit), _disposed.Token) : Task.CompletedTask;
        ComputeSystemEvent? received;
        do
        {
            await _arrived.WaitAsync(stop).ConfigureAwait(false);
            _events.TryDequeue(out received);
            if (received is not null)
            {
                output.Object(new HcsEvent(Target.Host, received));
            }
        }
        while (received is not null);

        if (_lease.Container.Exited.IsCompleted)
        {
            await _lease.Container.Exited.ConfigureAwait(false);
            output.Verbose($"{Target} has exited.");
        }
        else
        {
            output.Verbose($"{Target} was watched for {seconds} s.");
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _lease.Container.EventReceived -= AddNew;
            _disposed.Cancel();
            _disposed.Dispose();
            _lease.Dispose();
        }
    }

    // An earlier event may still be on its way when this object subscribes.
    private void AddNew(ComputeSystemEvent received)
    {
        if (received.Received >= _begun)
        {
            Add(received);
        }
    }

    private void Add(ComputeSystemEvent? received)
    {
        _events.Enqueue(received);
        _arrived.Release();
    }

    private async Task EndAfterExitAsync(CancellationToken disposed)
    {
        await Task.WhenAny(_lease.Container.Exited, Task.Delay(Timeout.Infinite, disposed)).ConfigureAwait(false);
        if (!disposed.IsCancellationRequested)
        {
            await EndAfterAsync(s_afterExit, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // The end mark comes after the events that have arrived by then, so a slow pipeline gets them all.
    private async Task EndAfterAsync(TimeSpan time, CancellationToken disposed)
    {
        await Task.Delay(time, disposed).ConfigureAwait(false);
        Add(null);
    }
}
