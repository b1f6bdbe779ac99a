using System.ComponentModel;
using System.Threading;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// A wait handle that is signalled when the process has ended; it outlives the process handle because it is a
/// duplicate.
/// </summary>
internal sealed class ProcessEnd : WaitHandle
{
    public ProcessEnd(SafeProcessHandle process)
    {
        if (!Kernel32.DuplicateHandle(
            Kernel32.GetCurrentProcess(),
            process,
            Kernel32.GetCurrentProcess(),
            out SafeWaitHandle end,
            Kernel32.SYNCHRONIZE,
            bInheritHandle: false,
            dwOptions: 0))
        {
            throw new Win32Exception();
        }

        SafeWaitHandle = end;
    }
}
