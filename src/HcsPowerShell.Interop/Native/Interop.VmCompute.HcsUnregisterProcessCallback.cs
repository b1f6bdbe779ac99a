using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern int HcsUnregisterProcessCallback(
            IntPtr callbackHandle);

        /// <summary>HCS_CALLBACK of a process. It keeps that process's handle open until it is unregistered itself.</summary>
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
}
