using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>Collects the events of a container from the creation of this object.</summary>
internal sealed class WatchedContainer : IDisposable
{
    // The events of its processes, and its own, may be delivered after the exit is known.
    private static readonly TimeSpan s_afterExit = TimeSpan.FromMilliseconds(500);

    private readonly EventQueue<ComputeSystemEvent> _events = new();
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
        _ = seconds is { } limit ? _events.EndAfterAsync(TimeSpan.FromSeconds(limit), _disposed.Token) : Task.CompletedTask;
        while (await _events.NextAsync(stop).ConfigureAwait(false) is { } received)
        {
            output.Object(new HcsEvent(Target.Host, received));
        }

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
            _events.Add(received);
        }
    }

    private async Task EndAfterExitAsync(CancellationToken disposed)
    {
        await Task.WhenAny(_lease.Container.Exited, Task.Delay(Timeout.Infinite, disposed)).ConfigureAwait(false);
        if (!disposed.IsCancellationRequested)
        {
            await _events.EndAfterAsync(s_afterExit, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
