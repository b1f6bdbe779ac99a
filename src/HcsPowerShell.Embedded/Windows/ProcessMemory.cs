using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>Memory of one process in bytes; a number the system does not know is null.</summary>
internal readonly record struct ProcessMemory(ulong? Commit, ulong? WorkingSetPrivate, ulong? WorkingSetShared)
{
    private static readonly int s_fullSize = Marshal.SizeOf<Kernel32.PROCESS_MEMORY_COUNTERS_EX2>();

    private static readonly int s_sizeBefore22H2 = (int)Marshal.OffsetOf<Kernel32.PROCESS_MEMORY_COUNTERS_EX2>(
        nameof(Kernel32.PROCESS_MEMORY_COUNTERS_EX2.PrivateWorkingSetSize));

    /// <summary>Reads the counters of a process; the handle needs PROCESS_QUERY_LIMITED_INFORMATION.</summary>
    internal static ProcessMemory Of(SafeProcessHandle process)
    {
        if (!Kernel32.K32GetProcessMemoryInfo(process, out var counters, s_fullSize)
            && !Kernel32.K32GetProcessMemoryInfo(process, out counters, s_sizeBefore22H2))
        {
            return default;
        }

        ulong? workingSetPrivate = Known(counters.PrivateWorkingSetSize);
        ulong? workingSetShared = counters.WorkingSetSize.ToUInt64() >= workingSetPrivate
            ? counters.WorkingSetSize.ToUInt64() - workingSetPrivate
            : null;
        return new ProcessMemory(Known(counters.PrivateUsage), workingSetPrivate, workingSetShared);
    }

    // A live process always has some memory: 0 means the system did not set the member.
    private static ulong? Known(UIntPtr bytes) => bytes == UIntPtr.Zero ? null : bytes.ToUInt64();
}
