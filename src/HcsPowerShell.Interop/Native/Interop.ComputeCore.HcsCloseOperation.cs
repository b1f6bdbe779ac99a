using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class ComputeCore
    {
        [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern void HcsCloseOperation(
            IntPtr operation);

        /// <summary>HCS_OPERATION.</summary>
        internal sealed class SafeHcsOperationHandle : SafeHandle
        {
            public SafeHcsOperationHandle()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            protected override bool ReleaseHandle()
            {
                HcsCloseOperation(handle);
                return true;
            }
        }
    }
}
