using System;
using System.Collections.Generic;
using System.ComponentModel;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// The suspended members of a job. Their handles stay open, so that Windows does not reuse their ids.
/// </summary>
internal sealed class PausedProcesses : IDisposable
{
    private readonly Dictionary<uint, SafeProcessHandle> _paused = [];

    /// <summary>Suspends every member, and repeats this until no running member is left.</summary>
    /// <exception cref="Win32Exception">A member cannot be suspended; those already suspended run again.</exception>
    public void Pause(JobObject job)
    {
        try
        {
            bool found;
            do
            {
                found = false;
                foreach (uint processId in job.GetProcessIds())
                {
                    found |= !_paused.ContainsKey(processId) && TryPause(processId);
                }
            }
            while (found);
        }
        catch
        {
            Resume();
            throw;
        }
    }

    /// <summary>Lets the suspended members run again.</summary>
    public void Resume()
    {
        foreach (SafeProcessHandle process in _paused.Values)
        {
            // The call fails for a process that was killed while it was suspended; nothing is left to resume.
            _ = NtDll.NtResumeProcess(process);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeProcessHandle process in _paused.Values)
        {
            process.Dispose();
        }

        _paused.Clear();
    }

    // False when the process has ended meanwhile.
    private bool TryPause(uint processId)
    {
        SafeProcessHandle process = Kernel32.OpenProcess(Kernel32.PROCESS_SUSPEND_RESUME, false, processId);
        if (process.IsInvalid)
        {
            var failure = new Win32Exception();
            return failure.NativeErrorCode == Kernel32.ERROR_INVALID_PARAMETER ? false : throw failure;
        }

        int status = NtDll.NtSuspendProcess(process);
        if (status == 0)
        {
            _paused.Add(processId, process);
            return true;
        }

        process.Dispose();
        return status == NtDll.STATUS_PROCESS_IS_TERMINATING
            ? false
            : throw new Win32Exception(NtDll.RtlNtStatusToDosError(status));
    }
}
