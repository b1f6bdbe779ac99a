using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.Native;

/// <summary>Hears the notifications of one handle, on a thread of HCS: it may only take note.</summary>
internal interface INotificationTarget
{
    bool Wants(HCS_NOTIFICATIONS type);

    /// <param name="type">What happened.</param>
    /// <param name="status">HRESULT that came with it.</param>
    /// <param name="document">JSON that came with it.</param>
    void OnNotification(HCS_NOTIFICATIONS type, int status, string? document);

    /// <summary>The callback is unregistered; no notification comes any more.</summary>
    void OnClosed();
}
