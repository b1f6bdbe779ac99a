namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        /// <summary>The notifications asked for, numbered otherwise than computecore's; other types are dropped.</summary>
        internal enum HCS_NOTIFICATIONS
        {
            HcsNotificationSystemExited = 1,
            HcsNotificationSystemCreateCompleted = 2,
            HcsNotificationSystemStartCompleted = 3,
            HcsNotificationSystemPauseCompleted = 4,
            HcsNotificationSystemResumeCompleted = 5,
            HcsNotificationSystemCrashReport = 6,
            HcsNotificationSystemModifyCompleted = 0xC,
            HcsNotificationSystemCrashInitiated = 0xD,
            HcsNotificationSystemGuestConnectionClosed = 0xE,
            HcsNotificationProcessExited = 0x00010000,
            HcsNotificationServiceDisconnect = 0x01000000,
        }
    }
}
