using System;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>The first thread of a process that was created suspended.</summary>
internal sealed class SafeThreadHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SafeThreadHandle(IntPtr thread)
        : base(ownsHandle: true) => SetHandle(thread);

    protected override bool ReleaseHandle() => Kernel32.CloseHandle(handle);
}
