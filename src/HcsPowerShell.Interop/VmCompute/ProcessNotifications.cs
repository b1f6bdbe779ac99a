using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>Writes the notifications of a process handle into its state.</summary>
internal sealed class ProcessNotifications(ProcessSignals state) : INotificationTarget
{
    public bool Wants(HCS_NOTIFICATIONS type) => type
        is HCS_NOTIFICATIONS.HcsNotificationProcessExited or HCS_NOTIFICATIONS.HcsNotificationServiceDisconnect;

    public void OnNotification(HCS_NOTIFICATIONS type, int status, string? document)
    {
        if (type == HCS_NOTIFICATIONS.HcsNotificationProcessExited)
        {
            state.System.Post(() => state.SignalExitAsync(status, document).Forget());
        }
        else
        {
            state.Disconnect();
        }
    }

    public void OnClosed() => state.Close();
}
