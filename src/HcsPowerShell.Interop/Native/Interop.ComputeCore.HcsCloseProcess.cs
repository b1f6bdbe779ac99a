using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern void HcsCloseProcess(
            IntPtr process);

        /// <summary>HCS_PROCESS. Closing it ends its callback, which computecore drains before it returns.</summary>
        internal sealed class SafeHcsProcessHandle : SafeHandle
        {
            private CallbackKey? _callback;

            public SafeHcsProcessHandle()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            /// <summary>Keeps the callback's key alive until the handle is closed.</summary>
            internal void Own(CallbackKey callback) => _callback = callback;

            protected override bool ReleaseHandle()
            {
                HcsCloseProcess(handle);
                _callback?.Drop();
                return true;
            }
        }
    }
}
