using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Windows.Native;
using HcsPowerShell.Interop.Documents;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>Describes the members of a job, one by one.</summary>
internal static class JobMembers
{
    /// <summary>Gets one item for each id; leaves out ids of processes that have ended meanwhile.</summary>
    internal static IReadOnlyList<ProcessListItem> Of(IReadOnlyList<uint> processIds)
    {
        List<ProcessListItem> items = new(processIds.Count);
        foreach (uint processId in processIds)
        {
            using SafeProcessHandle process = Kernel32.OpenProcess(
                Kernel32.PROCESS_QUERY_LIMITED_INFORMATION, false, processId);
            if (!process.IsInvalid)
            {
                items.Add(Of(process, processId));
            }
            else if (Marshal.GetLastWin32Error() != Kernel32.ERROR_INVALID_PARAMETER)
            {
                items.Add(new ProcessListItem { ProcessId = processId });
            }
        }

        return items;
    }

    private static ProcessListItem Of(SafeProcessHandle process, uint processId)
    {
        ProcessMemory memory = ProcessMemory.Of(process);
        ProcessListItem item = new()
        {
            ProcessId = processId,
            ImageName = ImageNameOf(process),
            MemoryCommitBytes = memory.Commit,
            MemoryWorkingSetPrivateBytes = memory.WorkingSetPrivate,
            MemoryWorkingSetSharedBytes = memory.WorkingSetShared,
        };
        if (Kernel32.GetProcessTimes(process, out long created, out _, out long kernel, out long user))
        {
            item.CreateTimestamp = new DateTimeOffset(DateTime.FromFileTimeUtc(created));
            item.KernelTime100ns = (ulong)kernel;
            item.UserTime100ns = (ulong)user;
        }

        return item;
    }

    private static string? ImageNameOf(SafeProcessHandle process)
    {
        char[] path = new char[512];
        int length = path.Length;
        while (!Kernel32.QueryFullProcessImageNameW(process, 0, path, ref length))
        {
            if (Marshal.GetLastWin32Error() != Kernel32.ERROR_INSUFFICIENT_BUFFER)
            {
                return null;
            }

            path = new char[path.Length * 2];
            length = path.Length;
        }

        return Path.GetFileName(new string(path, 0, length));
    }
}
