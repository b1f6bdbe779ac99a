using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern int HcsUnregisterComputeSystemCallback(
            IntPtr callbackHandle);

        /// <summary>HCS_CALLBACK of a system. It keeps that system's handle open until it is unregistered itself.</summary>
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
    }
}
