using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>Collects the events of the networks of a host from the creation of this object.</summary>
internal sealed class WatchedNetworks : IDisposable
{
    // An event is written without the name of its object when the service does not answer in this time.
    private const int SecondsForName = 5;

    // The events of what ends with a host may be delivered after the host has been left.
    private static readonly TimeSpan s_afterEnd = TimeSpan.FromMilliseconds(500);

    private readonly HcsHost _host;
    private readonly EventQueue<NetworkEvent> _events = new();
    private readonly Dictionary<Guid, string?> _names = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _subscribing;
    private bool _isUnanswered;
    private int _isDisposed;

    private WatchedNetworks(HcsHost host)
    {
        _host = host;

        // The service may not answer, and a handler is added without a time limit of the caller.
        _subscribing = Task.Run(() => host.Service.Networks.EventReceived += _events.Add);
        _ = EndWithHostAsync(_disposed.Token);
    }

    /// <summary>Subscribes to the events. It reads the networks that exist, so that the end of one has a name.</summary>
    /// <exception cref="HcsException">The service refuses it.</exception>
    public static async Task<WatchedNetworks> BeginAsync(HcsHost host, Deadline deadline)
    {
        var watched = new WatchedNetworks(host);
        try
        {
            if (!await Deadline.EndsWithinAsync(watched._subscribing, ((CallOptions)deadline).Timeout, deadline.Stop)
                .ConfigureAwait(false))
            {
                throw deadline.Passed("the service has not answered");
            }

            await watched._subscribing.ConfigureAwait(false);
            await NetworkObjects.ForEachAsync<HostComputeNetwork>(
                host,
                null,
                isDetailed: false,
                network =>
                {
                    watched._names[network.Guid] = network.Name;
                    return Task.CompletedTask;
                },
                deadline).ConfigureAwait(false);
            return watched;
        }
        catch
        {
            watched.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes the events until the time has passed, or this process has left the host; null watches without end.
    /// </summary>
    /// <exception cref="HcsException">The service has ended.</exception>
    public async Task RunAsync(int? seconds, ICommandOutput output, Deadline deadline)
    {
        _ = seconds is { } limit ? _events.EndAfterAsync(TimeSpan.FromSeconds(limit), _disposed.Token) : Task.CompletedTask;
        while (await _events.NextAsync(deadline.Stop).ConfigureAwait(false) is { } received)
        {
            output.Object(new HcsNetworkEvent(
                _host, received, await NameOfAsync(received, deadline).ConfigureAwait(false)));
            if (received.Type == NetworkEventType.ServiceDisconnected)
            {
                throw new HcsException("HcnRegisterServiceCallback", HResult.ServiceDisconnect);
            }
        }

        output.Verbose(_host.IsClosed
            ? $"Host '{_host.Name}' has been left."
            : $"The networks of host '{_host.Name}' were watched for {seconds} s.");
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _subscribing.ContinueWith(
                _ => _host.Service.Networks.EventReceived -= _events.Add,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            _disposed.Cancel();
            _disposed.Dispose();
        }
    }

    private async Task EndWithHostAsync(CancellationToken disposed)
    {
        await Task.WhenAny(_host.Left, Task.Delay(Timeout.Infinite, disposed)).ConfigureAwait(false);
        if (!disposed.IsCancellationRequested)
        {
            await _events.EndAfterAsync(s_afterEnd, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The name of the object of an event, as it is now or was last; null when it is not known.</summary>
    private async Task<string?> NameOfAsync(NetworkEvent received, Deadline deadline)
    {
        if (received.ObjectId is not { } id)
        {
            return null;
        }

        if (!_isUnanswered && await ReadAsync(received.Type, id, deadline).ConfigureAwait(false) is { } found)
        {
            _names[id] = found.Name;
        }

        return _names.TryGetValue(id, out string? name) ? name : null;
    }

    private async Task<HostComputeObject?> ReadAsync(NetworkEventType type, Guid id, Deadline deadline)
    {
        Deadline own = deadline.ForPart(SecondsForName);
        try
        {
            return type switch
            {
                NetworkEventType.NetworkCreated => await TryReadAsync<HostComputeNetwork>().ConfigureAwait(false),
                NetworkEventType.NamespaceCreated => await TryReadAsync<HostComputeNamespace>().ConfigureAwait(false),
                NetworkEventType.EndpointAttached or NetworkEventType.EndpointDetached =>
                    await TryReadAsync<HostComputeEndpoint>().ConfigureAwait(false),
                _ => null,
            };
        }
        catch (HcsException e)
        {
            // The event is worth more than the name. A service that does not answer is not asked again.
            _isUnanswered = e.Is(HResult.OperationTimeout);
            return null;
        }

        async Task<HostComputeObject?> TryReadAsync<T>()
            where T : HostComputeObject =>
            await NetworkObjects.TryReadAsync<T>(_host, id, isDetailed: false, own).ConfigureAwait(false);
    }
}
