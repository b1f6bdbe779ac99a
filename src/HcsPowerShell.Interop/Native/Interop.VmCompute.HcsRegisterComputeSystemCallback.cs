using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate void HCS_NOTIFICATION_CALLBACK(
            uint notificationType, IntPtr context, int notificationStatus, IntPtr notificationData);

        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsRegisterComputeSystemCallback(
            SafeHcsSystemV1Handle computeSystem,
            HCS_NOTIFICATION_CALLBACK callback,
            IntPtr context,
            out SafeHcsSystemCallbackHandle callbackHandle);
    }
}
