using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Ole32
{
    [DllImport(Libraries.Ole32, ExactSpelling = true)]
    private static extern void CoTaskMemFree(
        IntPtr pv);

    /// <summary>Text that vmcompute, computenetwork or shell32 allocated.</summary>
    internal sealed class SafeCoTaskString : NativeText
    {
        protected override bool ReleaseHandle()
        {
            CoTaskMemFree(handle);
            return true;
        }
    }
}
