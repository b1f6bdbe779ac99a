using System;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Makes streams of the pipe ends in an HCS_PROCESS_INFORMATION; the streams own the pipe ends from then on.
/// </summary>
internal static class NativeStdio
{
    private static readonly IntPtr s_invalidHandle = new(-1);

    internal static ProcessStdio Open(in HCS_PROCESS_INFORMATION information) => new(
        Open(information.StdInput, FileAccess.Write),
        Open(information.StdOutput, FileAccess.Read),
        Open(information.StdError, FileAccess.Read));

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
