using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const int O_EXCL = 0x80;
    internal const int O_PATH = 0x200000;

    /// <summary>From no mount to another.</summary>
    internal const ulong RESOLVE_NO_XDEV = 0x01;

    /// <summary>Through no link at all.</summary>
    internal const ulong RESOLVE_NO_SYMLINKS = 0x04;

    /// <summary>Nothing above the folder, by no way.</summary>
    internal const ulong RESOLVE_BENEATH = 0x08;

    /// <summary>Links, absolute ones included, and <c>..</c> stay below the folder.</summary>
    internal const ulong RESOLVE_IN_ROOT = 0x10;

    // On x64; on arm64 two pairs of bits have changed places.
    internal static readonly int O_DIRECTORY =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0x10000 : 0x4000;

    internal static readonly int O_NOFOLLOW =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0x20000 : 0x8000;

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
