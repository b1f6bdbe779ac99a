using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>Hears the events of one handle, on a thread of HCS: it may only take note.</summary>
internal interface IEventTarget
{
    bool Wants(HCS_EVENT_TYPE type);

    void OnEvent(HCS_EVENT_TYPE type, string? document);

    /// <summary>The native handle is closed; no event comes any more.</summary>
    void OnClosed();
}
