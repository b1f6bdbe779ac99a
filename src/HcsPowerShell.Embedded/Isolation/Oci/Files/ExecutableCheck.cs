using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci.Files;

/// <summary>Whether the kernel will run a file of a container.</summary>
internal static class ExecutableCheck
{
    private static readonly byte[] s_elf = [0x7F, (byte)'E', (byte)'L', (byte)'F'];
    private static readonly byte[] s_script = [(byte)'#', (byte)'!'];

    /// <exception cref="HcsException">It is not executable, or neither a program of Linux nor a script.</exception>
    public static void Require(ContainerFiles files, string path)
    {
        const string Function = "HcsCreateProcess";
        if (!files.IsExecutable(path))
        {
            throw new HcsException(Function, HResult.AccessDenied);
        }

        ReadOnlySpan<byte> start = files.ReadStart(path, s_elf.Length);
        if (!start.SequenceEqual(s_elf) && !start.StartsWith(s_script))
        {
            throw new HcsException(Function, HResult.BadExeFormat);
        }
    }
}
