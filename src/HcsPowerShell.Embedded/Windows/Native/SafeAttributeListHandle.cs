using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>A PROC_THREAD_ATTRIBUTE_LIST with the handles a new process may inherit.</summary>
internal sealed class SafeAttributeListHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    // Deleting a list that was never initialised is not allowed.
    private bool _initialized;

    /// <summary>Creates the list; the values must differ and stay valid until the process is created.</summary>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public SafeAttributeListHandle(IntPtr[] inheritable)
        : base(ownsHandle: true)
    {
        IntPtr size = IntPtr.Zero;
        _ = Kernel32.InitializeProcThreadAttributeList(IntPtr.Zero, 1, 0, ref size);

        // The list only points to its values, so they live behind it in the same block.
        int length = (int)size;
        int valueBytes = inheritable.Length * IntPtr.Size;
        SetHandle(Marshal.AllocHGlobal(length + valueBytes));
        IntPtr values = IntPtr.Add(handle, length);
        Marshal.Copy(inheritable, 0, values, inheritable.Length);

        _initialized = Kernel32.InitializeProcThreadAttributeList(handle, 1, 0, ref size);
        if (!_initialized || !Kernel32.UpdateProcThreadAttribute(
            handle,
            0,
            (IntPtr)Kernel32.PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
            values,
            (IntPtr)valueBytes,
            IntPtr.Zero,
            IntPtr.Zero))
        {
            var failure = new Win32Exception();
            Dispose();
            throw failure;
        }
    }

    protected override bool ReleaseHandle()
    {
        if (_initialized)
        {
            Kernel32.DeleteProcThreadAttributeList(handle);
        }

        Marshal.FreeHGlobal(handle);
        return true;
    }
}
