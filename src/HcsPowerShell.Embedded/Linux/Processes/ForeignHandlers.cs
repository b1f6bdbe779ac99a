using System;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// The handlers of this machine for programs besides its own (binfmt_misc), such as those of another processor.
/// </summary>
internal static class ForeignHandlers
{
    private const string Folder = "/proc/sys/fs/binfmt_misc";

    /// <summary>True when there is a handler; only the kernel knows which programs it takes.</summary>
    public static bool Any()
    {
        try
        {
            return Directory.EnumerateFiles(Folder).Any(path => Path.GetFileName(path) is not ("register" or "status"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
