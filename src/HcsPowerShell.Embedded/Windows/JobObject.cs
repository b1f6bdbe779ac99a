using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// A set of processes that no member can leave: processes a member starts are members, and closing the job kills them
/// all.
/// </summary>
/// <remarks>The system closes it when this process ends, however it ends. Failures are Win32Exception.</remarks>
internal sealed class JobObject : IDisposable
{
    // JOBOBJECT_BASIC_PROCESS_ID_LIST: two counts, then ids as wide as a pointer.
    private const int IdListHeader = 2 * sizeof(uint);

    private readonly SafeJobHandle _job;

    /// <summary>Creates an empty job without a name, so that no other process can open it.</summary>
    public JobObject()
    {
        _job = Kernel32.CreateJobObjectW(IntPtr.Zero, null);
        ThrowUnless(!_job.IsInvalid);
        Kernel32.JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = new()
        {
            BasicLimitInformation = { LimitFlags = Kernel32.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE },
        };
        if (!Kernel32.SetInformationJobObject(
            _job, Kernel32.JobObjectExtendedLimitInformation, limits, Marshal.SizeOf(limits)))
        {
            var failure = new Win32Exception();
            _job.Dispose();
            throw failure;
        }
    }

    /// <summary>
    /// Adds a process. If the process is already in another job, this job becomes a child of that job.
    /// </summary>
    public void Assign(SafeProcessHandle process) => ThrowUnless(Kernel32.AssignProcessToJobObject(_job, process));

    /// <summary>Asks the system to end every member with this exit code; returns without waiting.</summary>
    public void Terminate(uint exitCode) => ThrowUnless(Kernel32.TerminateJobObject(_job, exitCode));

    /// <summary>Ends every member and waits until none is left; false when some are left after the time.</summary>
    public bool TryEmpty(uint exitCode, TimeSpan patience)
    {
        var elapsed = Stopwatch.StartNew();
        while (true)
        {
            Terminate(exitCode);
            IReadOnlyList<uint> left = GetProcessIds();
            if (left.Count == 0)
            {
                return true;
            }

            if (elapsed.Elapsed > patience)
            {
                return false;
            }

            AwaitEnd(left[0]);
        }
    }

    /// <summary>True while a member is alive.</summary>
    public bool HasProcesses()
    {
        ThrowUnless(Kernel32.QueryInformationJobObject(
            _job,
            Kernel32.JobObjectBasicAccountingInformation,
            out Kernel32.JOBOBJECT_BASIC_ACCOUNTING_INFORMATION information,
            Marshal.SizeOf<Kernel32.JOBOBJECT_BASIC_ACCOUNTING_INFORMATION>(),
            IntPtr.Zero));
        return information.ActiveProcesses > 0;
    }

    /// <summary>Gets the ids of the members alive now.</summary>
    public IReadOnlyList<uint> GetProcessIds()
    {
        byte[] list = new byte[IdListHeader + (64 * IntPtr.Size)];
        while (!Kernel32.QueryInformationJobObject(
            _job, Kernel32.JobObjectBasicProcessIdList, list, list.Length, IntPtr.Zero))
        {
            ThrowUnless(Marshal.GetLastWin32Error() == Kernel32.ERROR_MORE_DATA);
            list = new byte[IdListHeader + ((list.Length - IdListHeader) * 2)];
        }

        uint[] ids = new uint[BitConverter.ToUInt32(list, sizeof(uint))];
        for (int i = 0; i < ids.Length; i++)
        {
            // An id has 32 bits; the upper bits of a wide entry are zero.
            ids[i] = BitConverter.ToUInt32(list, IdListHeader + (i * IntPtr.Size));
        }

        return ids;
    }

    /// <summary>
    /// Gets processor time and transfers of all members so far; null when the system does not keep them.
    /// </summary>
    public Kernel32.JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION? GetAccounting() =>
        Kernel32.QueryInformationJobObject(
            _job,
            Kernel32.JobObjectBasicAndIoAccountingInformation,
            out Kernel32.JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION information,
            Marshal.SizeOf<Kernel32.JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION>(),
            IntPtr.Zero)
            ? information
            : null;

    /// <summary>Gets the highest committed memory of the job in bytes; null when the system does not keep it.</summary>
    public ulong? GetPeakMemory() =>
        Kernel32.QueryInformationJobObject(
            _job,
            Kernel32.JobObjectExtendedLimitInformation,
            out Kernel32.JOBOBJECT_EXTENDED_LIMIT_INFORMATION information,
            Marshal.SizeOf<Kernel32.JOBOBJECT_EXTENDED_LIMIT_INFORMATION>(),
            IntPtr.Zero) && information.PeakJobMemoryUsed != UIntPtr.Zero
            ? information.PeakJobMemoryUsed.ToUInt64()
            : null;

    /// <inheritdoc/>
    public void Dispose() => _job.Dispose();

    // The wait is bounded, because the id may meanwhile belong to another process.
    private static void AwaitEnd(uint processId)
    {
        using SafeProcessHandle process = Kernel32.OpenProcess(Kernel32.SYNCHRONIZE, false, processId);
        if (process.IsInvalid)
        {
            Thread.Sleep(1);
            return;
        }

        _ = Kernel32.WaitForSingleObject(process, 50);
    }

    private static void ThrowUnless(bool succeeded)
    {
        if (!succeeded)
        {
            throw new Win32Exception();
        }
    }
}
