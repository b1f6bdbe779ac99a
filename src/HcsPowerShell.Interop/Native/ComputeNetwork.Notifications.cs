using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeNetwork
{
    /// <summary>The notifications that this library handles; every other type is dropped.</summary>
    internal enum HCN_NOTIFICATIONS
    {
        HcnNotificationNetworkCreate = 2,
        HcnNotificationNetworkDelete = 4,
        HcnNotificationNamespaceCreate = 5,
        HcnNotificationNamespaceDelete = 6,
        HcnNotificationNetworkEndpointAttached = 9,
        HcnNotificationNetworkEndpointDetached = 0x10,
        HcnNotificationServiceDisconnect = 0x01000000,
    }

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    internal delegate void HCN_NOTIFICATION_CALLBACK(
        uint NotificationType, IntPtr Context, int NotificationStatus, IntPtr NotificationData);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcnRegisterServiceCallback(
        HCN_NOTIFICATION_CALLBACK Callback,
        IntPtr Context,
        out SafeHcnCallbackHandle CallbackHandle);

    [DllImport(Libraries.ComputeNetwork, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern int HcnUnregisterServiceCallback(
        IntPtr CallbackHandle);

    /// <summary>HCN_CALLBACK.</summary>
    internal sealed class SafeHcnCallbackHandle : NativeHandle
    {
        private CallbackKey? _callback;

        /// <summary>Keeps the key alive until the callback is unregistered.</summary>
        internal void Own(CallbackKey callback) => _callback = callback;

        protected override bool ReleaseHandle()
        {
            bool unregistered = HcnUnregisterServiceCallback(handle) >= 0;
            _callback?.Drop();
            return unregistered;
        }
    }
}
