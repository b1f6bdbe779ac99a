using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    /// <summary>The events that this library handles; every other type is dropped.</summary>
    internal enum HCS_EVENT_TYPE
    {
        HcsEventSystemExited = 1,
        HcsEventSystemCrashInitiated = 2,
        HcsEventSystemCrashReport = 3,
        HcsEventSystemGuestConnectionClosed = 6,
        HcsEventProcessExited = 0x00010000,
        HcsEventServiceDisconnect = 0x02000000,
    }

    /// <summary>EventData belongs to HCS and is valid as long as the callback runs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct HCS_EVENT
    {
        internal HCS_EVENT_TYPE Type;
        internal IntPtr EventData;
        internal IntPtr Operation;
    }

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

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsSetProcessCallback(
        SafeHcsProcessHandle process,
        HCS_EVENT_OPTIONS callbackOptions,
        IntPtr context,
        HCS_EVENT_CALLBACK callback);

    /// <summary>
    /// A handle with a callback. Closing the handle ends the callback, which computecore drains before it returns.
    /// </summary>
    internal abstract class ListeningHandle : NativeHandle
    {
        private CallbackKey? _callback;

        /// <summary>Keeps the callback's key alive until the handle is closed.</summary>
        internal void Own(CallbackKey callback) => _callback = callback;

        protected sealed override bool ReleaseHandle()
        {
            CloseHandle();
            _callback?.Drop();
            return true;
        }

        private protected abstract void CloseHandle();
    }
}
