using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Receives the events of one handle. It is called on a thread of HCS, where it may only record the event.
/// </summary>
internal interface IEventTarget
{
    bool Wants(HCS_EVENT_TYPE type);

    void OnEvent(HCS_EVENT_TYPE type, string? document);

    /// <summary>Called when the native handle is closed; no event comes any more.</summary>
    void OnClosed();
}
