using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        internal enum HCS_EVENT_OPTIONS
        {
            HcsEventOptionNone = 0,
        }

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate void HCS_EVENT_CALLBACK(ref HCS_EVENT @event, IntPtr context);

        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        internal static extern int HcsSetComputeSystemCallback(
            SafeHcsSystemHandle computeSystem,
            HCS_EVENT_OPTIONS callbackOptions,
            IntPtr context,
            HCS_EVENT_CALLBACK callback);
    }
}
