using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    /// <summary>
    /// The notifications that this library handles; their numbers differ from those of computecore. Other types are
    /// dropped.
    /// </summary>
    internal enum HCS_NOTIFICATIONS
    {
        HcsNotificationSystemExited = 1,
        HcsNotificationSystemCreateCompleted = 2,
        HcsNotificationSystemStartCompleted = 3,
        HcsNotificationSystemPauseCompleted = 4,
        HcsNotificationSystemResumeCompleted = 5,
        HcsNotificationSystemCrashReport = 6,
        HcsNotificationSystemSaveCompleted = 8,
        HcsNotificationSystemModifyCompleted = 0xC,
        HcsNotificationSystemCrashInitiated = 0xD,
        HcsNotificationSystemGuestConnectionClosed = 0xE,
        HcsNotificationProcessExited = 0x00010000,
        HcsNotificationServiceDisconnect = 0x01000000,
    }

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    internal delegate void HCS_NOTIFICATION_CALLBACK(
        uint notificationType, IntPtr context, int notificationStatus, IntPtr notificationData);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsRegisterComputeSystemCallback(
        SafeHcsSystemV1Handle computeSystem,
        HCS_NOTIFICATION_CALLBACK callback,
        IntPtr context,
        out SafeHcsSystemCallbackHandle callbackHandle);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsRegisterProcessCallback(
        SafeHcsProcessV1Handle process,
        HCS_NOTIFICATION_CALLBACK callback,
        IntPtr context,
        out SafeHcsProcessCallbackHandle callbackHandle);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcsUnregisterComputeSystemCallback(
        IntPtr callbackHandle);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcsUnregisterProcessCallback(
        IntPtr callbackHandle);

    /// <summary>HCS_CALLBACK. It keeps the handle that it belongs to open until the callback is unregistered.</summary>
    internal abstract class CallbackHandle : NativeHandle
    {
        private CallbackKey? _callback;
        private SafeHandle? _source;

        /// <summary>Keeps the key alive, and the source open, until the callback is unregistered.</summary>
        internal void Own(CallbackKey callback, SafeHandle source)
        {
            bool added = false;
            source.DangerousAddRef(ref added);
            _callback = callback;
            _source = source;
        }

        protected sealed override bool ReleaseHandle()
        {
            bool unregistered = Unregister() >= 0;
            _callback?.Drop();
            _source?.DangerousRelease();
            return unregistered;
        }

        private protected abstract int Unregister();
    }

    /// <summary>HCS_CALLBACK of a system.</summary>
    internal sealed class SafeHcsSystemCallbackHandle : CallbackHandle
    {
        private protected override int Unregister() => HcsUnregisterComputeSystemCallback(handle);
    }

    /// <summary>HCS_CALLBACK of a process.</summary>
    internal sealed class SafeHcsProcessCallbackHandle : CallbackHandle
    {
        private protected override int Unregister() => HcsUnregisterProcessCallback(handle);
    }
}
