using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int O_PATH = 0x200000;

    /// <summary>Links, absolute ones included, and <c>..</c> stay below the folder.</summary>
    internal const ulong RESOLVE_IN_ROOT = 0x10;

    // The same number on every architecture; Linux 5.6. The C library has no wrapper.
    private const nint SYS_openat2 = 437;

    /// <param name="folder">Folder the path is relative to.</param>
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="how">Flags and how to resolve the path.</param>
    /// <returns>-1 on failure, with the error number set.</returns>
    internal static int openat2(FileDescriptor folder, byte[] path, in OpenHow how) =>
        (int)syscall(SYS_openat2, folder, path, how, Marshal.SizeOf<OpenHow>());

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor folder,
        byte[] path,
        in OpenHow how,
        nint size);

    /// <summary>struct open_how.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
