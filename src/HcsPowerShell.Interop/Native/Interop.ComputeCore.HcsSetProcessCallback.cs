using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsSetProcessCallback(
            SafeHcsProcessHandle process,
            HCS_EVENT_OPTIONS callbackOptions,
            IntPtr context,
            HCS_EVENT_CALLBACK callback);
    }
}
