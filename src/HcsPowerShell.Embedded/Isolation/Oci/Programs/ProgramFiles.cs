using System;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci.Programs;

/// <summary>The programs of this host as files in memory, once for the process: nothing of them is on a disk.</summary>
internal static class ProgramFiles
{
    private static readonly Lazy<MemoryFile> s_firstProcess =
        new(() => MemoryFile.CreateExecutable("hcs-init", FirstProcess.Image()));

    private static readonly Lazy<MemoryFile> s_exitKeeper =
        new(() => MemoryFile.CreateExecutable("hcs-exit-keeper", ExitKeeper.Image()));

    public static MemoryFile First => s_firstProcess.Value;

    public static MemoryFile Keeper => s_exitKeeper.Value;
}
