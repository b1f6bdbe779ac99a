using System;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The kinds of programs this machine runs besides its own (binfmt_misc), such as those of another processor.</summary>
internal static class ForeignHandlers
{
    private const string Folder = "/proc/sys/fs/binfmt_misc";

    /// <summary>Which programs they take is the kernel's to say.</summary>
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
