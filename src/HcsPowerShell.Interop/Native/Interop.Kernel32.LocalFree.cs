using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class Kernel32
    {
        [DllImport(Libraries.Kernel32, ExactSpelling = true)]
        private static extern IntPtr LocalFree(
            IntPtr hMem);

        /// <summary>Text the library allocated; set on success and on failure alike.</summary>
        internal sealed class SafeLocalString : SafeHandle
        {
            public SafeLocalString()
                : base(IntPtr.Zero, ownsHandle: true)
            {
            }

            public override bool IsInvalid => handle == IntPtr.Zero;

            /// <summary>Copies the text and frees the library's own; null when there is none.</summary>
            internal string? Take()
            {
                using (this)
                {
                    return IsInvalid ? null : Marshal.PtrToStringUni(handle);
                }
            }

            protected override bool ReleaseHandle() => LocalFree(handle) == IntPtr.Zero;
        }
    }
}
