using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeNetwork;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>A subscription to the events of the service. They are told in order, away from the threads of the library.</summary>
/// <param name="tell">Takes each event.</param>
internal sealed class NetworkSubscription(Action<NetworkEvent> tell) : IDisposable
{
    private readonly SerialQueue _queue = new();
    private SafeHcnCallbackHandle? _callback;
    private volatile bool _isOver;

    /// <summary>Registers the callback, and waits for that; a callback that is registered later is removed again.</summary>
    /// <param name="lifetime">The period in which calls can be made.</param>
    /// <param name="limit">The longest time to wait.</param>
    /// <exception cref="HcsException">The service refuses it, or does not answer in that time.</exception>
    public void Begin(Lifetime lifetime, TimeSpan limit)
    {
        string function = nameof(HcnRegisterServiceCallback);
        _callback = new BoundedCall(function, limit, null, lifetime, default).RunAsync(
            _ => NativeCall.RunAsync(function, null, () => ComputeNetworkNotifications.Listen(OnNotification)),
            undo: async late => (await late.ConfigureAwait(false)).Dispose()).GetAwaiter().GetResult();
    }

    /// <summary>Ends the subscription at once. The service is told on another thread, as it may not answer.</summary>
    public void Dispose()
    {
        _isOver = true;
        if (_callback is { } callback)
        {
            Task.Run(callback.Dispose);
        }
    }

    internal void OnNotification(HCN_NOTIFICATIONS type, int status, string? document)
    {
        if (IsTold(type, status))
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            _queue.Add(() => Tell(new NetworkEvent((NetworkEventType)type, ObjectIdOf(document), now, document)));
        }
    }

    private void Tell(NetworkEvent change)
    {
        if (!_isOver)
        {
            tell(change);
        }
    }

    private static bool IsTold(HCN_NOTIFICATIONS type, int status) => type switch
    {
        HCN_NOTIFICATIONS.HcnNotificationServiceDisconnect => true,
        HCN_NOTIFICATIONS.HcnNotificationNetworkCreate
            or HCN_NOTIFICATIONS.HcnNotificationNetworkDelete
            or HCN_NOTIFICATIONS.HcnNotificationNamespaceCreate
            or HCN_NOTIFICATIONS.HcnNotificationNamespaceDelete
            or HCN_NOTIFICATIONS.HcnNotificationNetworkEndpointAttached
            or HCN_NOTIFICATIONS.HcnNotificationNetworkEndpointDetached => status >= 0,
        _ => false,
    };

    /// <summary>Returns the guid that a document names, whose form is not published; null when it names none.</summary>
    private static Guid? ObjectIdOf(string? document) =>
        document is not null && HcsJson.ReadFitting<NetworkEventData>(document)?.Id is { } text && Guid.TryParse(text, out Guid id)
            ? id
            : null;
}
