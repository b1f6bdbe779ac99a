using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>Writes the events of a system handle into its state.</summary>
internal sealed class SystemEvents(SystemSignals state) : IEventTarget
{
    public bool Wants(HCS_EVENT_TYPE type) => type
        is HCS_EVENT_TYPE.HcsEventSystemExited
        or HCS_EVENT_TYPE.HcsEventSystemCrashInitiated
        or HCS_EVENT_TYPE.HcsEventSystemCrashReport
        or HCS_EVENT_TYPE.HcsEventSystemGuestConnectionClosed
        or HCS_EVENT_TYPE.HcsEventServiceDisconnect;

    public void OnEvent(HCS_EVENT_TYPE type, string? document)
    {
        switch (type)
        {
            case HCS_EVENT_TYPE.HcsEventSystemExited:
                state.Post(() => state.Exit(ExitDocument.Read(document, hresult: 0), document));
                break;
            case HCS_EVENT_TYPE.HcsEventServiceDisconnect:
                state.Disconnect();
                break;
            case HCS_EVENT_TYPE.HcsEventSystemCrashInitiated:
                state.ReportInOrder(ComputeSystemEventType.SystemCrashInitiated, document);
                break;
            case HCS_EVENT_TYPE.HcsEventSystemCrashReport:
                state.ReportInOrder(ComputeSystemEventType.SystemCrashReport, document);
                break;
            default:
                state.ReportInOrder(ComputeSystemEventType.SystemGuestConnectionClosed, document);
                break;
        }
    }

    public void OnClosed() => state.Close();
}
