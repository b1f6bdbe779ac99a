using System.Runtime.InteropServices;
using System;

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

    /// <summary>
    /// HCS_CALLBACK of a system. It keeps the handle of the system open until the callback is unregistered.
    /// </summary>
    internal sealed class SafeHcsSystemCallbackHandle : SafeHandle
    {
        private CallbackKey? _callback;
        private SafeHcsSystemV1Handle? _source;

        public SafeHcsSystemCallbackHandle()
            : base(IntPtr.Zero, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>Keeps the key alive, and the system open, until the callback is unregistered.</summary>
        internal void Own(CallbackKey callback, SafeHcsSystemV1Handle source)
        {
            bool added = false;
            source.DangerousAddRef(ref added);
            _callback = callback;
            _source = source;
        }

        protected override bool ReleaseHandle()
        {
            bool unregistered = HcsUnregisterComputeSystemCallback(handle) >= 0;
            _callback?.Drop();
            _source?.DangerousRelease();
            return unregistered;
        }
    }

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcsUnregisterProcessCallback(
        IntPtr callbackHandle);

    /// <summary>
    /// HCS_CALLBACK of a process. It keeps the handle of the process open until the callback is unregistered.
    /// </summary>
    internal sealed class SafeHcsProcessCallbackHandle : SafeHandle
    {
        private CallbackKey? _callback;
        private SafeHcsProcessV1Handle? _source;

        public SafeHcsProcessCallbackHandle()
            : base(IntPtr.Zero, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>Keeps the key alive, and the process open, until the callback is unregistered.</summary>
        internal void Own(CallbackKey callback, SafeHcsProcessV1Handle source)
        {
            bool added = false;
            source.DangerousAddRef(ref added);
            _callback = callback;
            _source = source;
        }

        protected override bool ReleaseHandle()
        {
            bool unregistered = HcsUnregisterProcessCallback(handle) >= 0;
            _callback?.Drop();
            _source?.DangerousRelease();
            return unregistered;
        }
    }
}
