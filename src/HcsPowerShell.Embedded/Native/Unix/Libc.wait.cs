using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int P_PID = 1;
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x01000000;

    /// <summary>Reaps a child.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int wait4(
        int pid,
        out int status,
        int options,
        out ResourceUsage usage);

    /// <param name="idType">P_ constant.</param>
    /// <param name="id">Process id.</param>
    /// <param name="info">siginfo_t, 128 bytes.</param>
    /// <param name="options">W constants.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int waitid(
        int idType,
        uint id,
        byte[] info,
        int options);

    /// <summary>The head of struct rusage: of a process and of the children it waited for.</summary>
    /// <remarks>The size is that of musl on 32 bit, the largest. Blocks are of 512 bytes.</remarks>
    [StructLayout(LayoutKind.Sequential, Size = 288)]
    internal struct ResourceUsage
    {
        public nint UserSeconds;
        public nint UserMicroseconds;
        public nint SystemSeconds;
        public nint SystemMicroseconds;
        public nint MaximumResidentSet;
        public nint SharedText;
        public nint UnsharedData;
        public nint UnsharedStack;
        public nint MinorFaults;
        public nint MajorFaults;
        public nint Swaps;
        public nint InputBlocks;
        public nint OutputBlocks;
    }
}
