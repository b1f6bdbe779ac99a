using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

/// <summary>A handle of a native library; 0 is no handle.</summary>
internal abstract class NativeHandle : SafeHandle
{
    private protected NativeHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;
}

/// <summary>Text that a native library allocated; set on success and on failure alike.</summary>
internal abstract class NativeText : NativeHandle
{
    /// <summary>Copies the text and frees the text of the library; null when there is none.</summary>
    internal string? Take()
    {
        using (this)
        {
            return IsInvalid ? null : Marshal.PtrToStringUni(handle);
        }
    }
}
