using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern void HcsCloseComputeSystem(
            IntPtr computeSystem);

        /// <summary>HCS_SYSTEM. Closing it ends its callback, which computecore drains before it returns.</summary>
        internal sealed class SafeHcsSystemHandle : SafeHandle
        {
            private CallbackKey? _callback;

            public SafeHcsSystemHandle()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            /// <summary>Keeps the callback's key alive until the handle is closed.</summary>
            internal void Own(CallbackKey callback) => _callback = callback;

            protected override bool ReleaseHandle()
            {
                HcsCloseComputeSystem(handle);
                _callback?.Drop();
                return true;
            }
        }
    }
}
