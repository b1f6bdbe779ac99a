using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Receives the notifications of one handle. It is called on a thread of HCS, where it may only record the
/// notification.
/// </summary>
internal interface INotificationTarget
{
    bool Wants(HCS_NOTIFICATIONS type);

    /// <param name="type">The type of the notification.</param>
    /// <param name="status">HRESULT that came with it.</param>
    /// <param name="document">JSON that came with it.</param>
    void OnNotification(HCS_NOTIFICATIONS type, int status, string? document);

    /// <summary>Called when the callback is unregistered; no notification comes any more.</summary>
    void OnClosed();
}
