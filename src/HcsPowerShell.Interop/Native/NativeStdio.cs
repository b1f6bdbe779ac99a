using System;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

/// <summary>Makes streams of the pipe ends in an HCS_PROCESS_INFORMATION; from then on the streams own them.</summary>
internal static class NativeStdio
{
    private static readonly IntPtr s_invalidHandle = new(-1);

    internal static ProcessStdio Open(in HCS_PROCESS_INFORMATION information) => new(
        Open(information.StdInput, FileAccess.Write),
        Open(information.StdOutput, FileAccess.Read),
        Open(information.StdError, FileAccess.Read));

    /// <summary>Closes the pipes of a process that nobody waits for any more.</summary>
    internal static void Discard(in HCS_PROCESS_INFORMATION information)
    {
        ProcessStdio unwanted = Open(information);
        unwanted.StandardInput?.Dispose();
        unwanted.StandardOutput?.Dispose();
        unwanted.StandardError?.Dispose();
    }

    private static Stream? Open(IntPtr pipe, FileAccess access)
    {
        if (pipe == IntPtr.Zero || pipe == s_invalidHandle)
        {
            return null;
        }

        // Unix has no overlapped pipes: a FileStream there refuses isAsync or ignores cancellation.
        return RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? new FileStream(new SafeFileHandle(pipe, ownsHandle: true), access, bufferSize: 1, isAsync: true)
            : new AnonymousPipeClientStream(
                access == FileAccess.Read ? PipeDirection.In : PipeDirection.Out,
                new SafePipeHandle(pipe, ownsHandle: true));
    }
}
