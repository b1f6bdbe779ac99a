using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A limit of this session or machine that has been reached, and the setting to raise.</summary>
/// <param name="HResult">The code Windows has for it.</param>
/// <param name="Message">A sentence that names it.</param>
internal sealed record MachineLimit(int HResult, string Message)
{
    private const string Groups = "/sys/fs/cgroup";

    // Less than a run of runc needs: many threads and a few small files.
    private const long FewProcesses = 24;
    private const long FewBytes = 256 * 1024;

    /// <summary>Gets the limit an error number of the kernel stands for; null for any other number.</summary>
    public static MachineLimit? Of(int errno) => errno switch
    {
        Errno.EMFILE => new(Interop.HResult.TooManyOpenFiles, "This process has as many files open as it may (ulimit -n)."),
        Errno.ENFILE => new(Interop.HResult.TooManyOpenFiles, "The machine has as many files open as it may (fs.file-max)."),
        Errno.EAGAIN => Processes("of the user (ulimit -u), of a control group (pids.max) or of the machine (kernel.pid_max)"),
        Errno.ENOMEM => new(Interop.HResult.OutOfMemory, "The machine, or the control group of this process, has no memory left."),
        Errno.ENOSPC => new(Interop.HResult.DiskFull, "The disk is full, or has no room for another file."),
        Errno.EDQUOT => new(Interop.HResult.DiskFull, "The quota of the user on the disk is used up."),
        _ => null,
    };

    /// <summary>
    /// Finds the limit a failed program of the host has most likely reached because a resource is used up.
    /// </summary>
    /// <param name="folder">Folder the program writes to.</param>
    public static MachineLimit? Reached(string folder) =>
        HasRoom(folder) ? FullGroup() is { } group ? Processes($"of control group '{group}' (pids.max)") : null : Of(Errno.ENOSPC);

    private static MachineLimit Processes(string whose) =>
        new(Interop.HResult.NoMoreThreads, $"There are as many processes and threads as may be: the limit {whose} is met.");

    private static bool HasRoom(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace >= FewBytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? FullGroup()
    {
        string group = File.ReadLines("/proc/self/cgroup")
            .Select(line => line.Split([':'], 3))
            .Where(fields => fields.Length == 3 && (fields[1] == "pids" || fields[1].Length == 0))
            .OrderByDescending(fields => fields[1].Length)
            .Select(fields => fields[1].Length == 0 ? fields[2] : "/pids" + fields[2])
            .FirstOrDefault() ?? "/";
        for (string path = Groups + group; path.Length > Groups.Length; path = Path.GetDirectoryName(path)!)
        {
            if (Number($"{path}/pids.max") is { } most && Number($"{path}/pids.current") > most - FewProcesses)
            {
                return path.Substring(Groups.Length);
            }
        }

        return null;
    }

    // pids.max may hold 'max'.
    private static long? Number(string path)
    {
        try
        {
            return long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
