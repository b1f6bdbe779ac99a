using System;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Programs;

/// <summary>
/// The programs of this host as files in memory, loaded once for the process. None of them is on a disk.
/// </summary>
/// <remarks>
/// They are written in C, beside this file. The embedded images are already built (<c>build.sh</c>, <c>images</c>),
/// because the layers may contain nothing to rely on, and there is no compiler where the module is built or runs.
/// </remarks>
internal static class ProgramFiles
{
    private static readonly Lazy<MemoryFile> s_first = new(() => Load("init", "hcs-init"));

    private static readonly Lazy<MemoryFile> s_keeper = new(() => Load("keeper", "hcs-exit-keeper"));

    /// <summary>PID 1 of every container, <c>init.c</c>.</summary>
    /// <exception cref="HcsException">There is no image for this processor, or no memory is left.</exception>
    public static MemoryFile First => s_first.Value;

    /// <summary>The parent of a process that runc leaves behind, <c>keeper.c</c>.</summary>
    /// <exception cref="HcsException">There is no image for this processor, or no memory is left.</exception>
    public static MemoryFile Keeper => s_keeper.Value;

    /// <summary>Reads the built image of a program.</summary>
    /// <param name="program"><c>init</c> or <c>keeper</c>.</param>
    /// <param name="processor"><c>x64</c> or <c>arm64</c>.</param>
    internal static byte[] Image(string program, string processor)
    {
        using Stream resource = typeof(ProgramFiles).Assembly.GetManifestResourceStream($"{program}.{processor}")!;
        using MemoryStream image = new();
        resource.CopyTo(image);
        return image.ToArray();
    }

    private static MemoryFile Load(string program, string name)
    {
        string processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => throw new HcsException("HcsCreateComputeSystem", HResult.NotSupported),
        };
        return MemoryFile.CreateExecutable(name, Image(program, processor));
    }
}
