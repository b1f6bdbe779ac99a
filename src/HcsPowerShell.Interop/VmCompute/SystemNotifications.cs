using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>Writes the notifications of a system handle into its state.</summary>
internal sealed class SystemNotifications(SystemSignals state) : INotificationTarget
{
    public bool Wants(HCS_NOTIFICATIONS type) => type
        is HCS_NOTIFICATIONS.HcsNotificationSystemExited
        or HCS_NOTIFICATIONS.HcsNotificationServiceDisconnect
        || IsCompletion(type)
        || EventOf(type) is not null;

    public void OnNotification(HCS_NOTIFICATIONS type, int status, string? document)
    {
        if (type == HCS_NOTIFICATIONS.HcsNotificationServiceDisconnect)
        {
            state.Disconnect();
            return;
        }

        if (type == HCS_NOTIFICATIONS.HcsNotificationSystemExited)
        {
            state.Waits.End(
                (int)HCS_NOTIFICATIONS.HcsNotificationSystemStartCompleted, HResult.TerminatedDuringStart, document);
            state.Post(() =>
            {
                state.Exit(ExitDocument.Read(document, status), document);

                // After the exit, no notification reports the end of an accepted call any more. A call with which the system
                // ends, as a save, has to find the exit.
                state.Waits.EndAll(HResult.SystemAlreadyStopped, forEver: false);
            });
            return;
        }

        // Reported before the waiting caller continues and has more to report.
        if (status >= 0 && EventOf(type) is { } reported)
        {
            state.ReportInOrder(reported, document);
        }

        if (IsCompletion(type))
        {
            state.Waits.End((int)type, status, document);
        }
    }

    public void OnClosed() => state.Close();

    private static bool IsCompletion(HCS_NOTIFICATIONS type) => type
        is HCS_NOTIFICATIONS.HcsNotificationSystemCreateCompleted
        or HCS_NOTIFICATIONS.HcsNotificationSystemStartCompleted
        or HCS_NOTIFICATIONS.HcsNotificationSystemPauseCompleted
        or HCS_NOTIFICATIONS.HcsNotificationSystemResumeCompleted
        or HCS_NOTIFICATIONS.HcsNotificationSystemSaveCompleted
        or HCS_NOTIFICATIONS.HcsNotificationSystemModifyCompleted;

    private static ComputeSystemEventType? EventOf(HCS_NOTIFICATIONS type) => type switch
    {
        HCS_NOTIFICATIONS.HcsNotificationSystemStartCompleted => ComputeSystemEventType.SystemStarted,
        HCS_NOTIFICATIONS.HcsNotificationSystemPauseCompleted => ComputeSystemEventType.SystemPaused,
        HCS_NOTIFICATIONS.HcsNotificationSystemResumeCompleted => ComputeSystemEventType.SystemResumed,
        HCS_NOTIFICATIONS.HcsNotificationSystemCrashInitiated => ComputeSystemEventType.SystemCrashInitiated,
        HCS_NOTIFICATIONS.HcsNotificationSystemCrashReport => ComputeSystemEventType.SystemCrashReport,
        HCS_NOTIFICATIONS.HcsNotificationSystemGuestConnectionClosed =>
            ComputeSystemEventType.SystemGuestConnectionClosed,
        _ => null,
    };
}
