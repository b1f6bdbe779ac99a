using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class VmCompute
    {
        [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern int HcsCloseComputeSystem(
            IntPtr computeSystem);

        /// <summary>HCS_SYSTEM of vmcompute.</summary>
        internal sealed class SafeHcsSystemV1Handle : SafeHandle
        {
            public SafeHcsSystemV1Handle()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            protected override bool ReleaseHandle() => HcsCloseComputeSystem(handle) >= 0;
        }
    }
}
