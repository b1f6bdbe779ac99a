using System.Runtime.InteropServices;
using System;

namespace HcsPowerShell.Interop.Native;

internal static partial class Ole32
{
    [DllImport(Libraries.Ole32, ExactSpelling = true)]
    private static extern void CoTaskMemFree(
        IntPtr pv);

    /// <summary>Text that the library allocated; set on success and on failure alike.</summary>
    internal sealed class SafeCoTaskString : SafeHandle
    {
        public SafeCoTaskString()
            : base(IntPtr.Zero, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>Copies the text and frees the text of the library; null when there is none.</summary>
        internal string? Take()
        {
            using (this)
            {
                return IsInvalid ? null : Marshal.PtrToStringUni(handle);
            }
        }

        protected override bool ReleaseHandle()
        {
            CoTaskMemFree(handle);
            return true;
        }
    }
}
