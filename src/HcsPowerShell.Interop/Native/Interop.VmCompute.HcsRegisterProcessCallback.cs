using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsRegisterProcessCallback(
            SafeHcsProcessV1Handle process,
            HCS_NOTIFICATION_CALLBACK callback,
            IntPtr context,
            out SafeHcsProcessCallbackHandle callbackHandle);
    }
}
