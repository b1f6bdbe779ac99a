using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern int HcsCloseProcess(
            IntPtr process);

        /// <summary>HCS_PROCESS of vmcompute.</summary>
        internal sealed class SafeHcsProcessV1Handle : SafeHandle
        {
            public SafeHcsProcessV1Handle()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            protected override bool ReleaseHandle() => HcsCloseProcess(handle) >= 0;
        }
    }
}
