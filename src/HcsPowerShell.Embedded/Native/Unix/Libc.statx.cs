using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const uint S_IFMT = 0xF000;
    internal const uint S_IFIFO = 0x1000;
    internal const uint S_IFDIR = 0x4000;
    internal const uint S_IFBLK = 0x6000;
    internal const uint S_IFREG = 0x8000;
    internal const uint S_IFLNK = 0xA000;
    internal const uint S_IFSOCK = 0xC000;

    private const uint STATX_BASIC_STATS = 0x7FF;
    private const nint AT_SYMLINK_NOFOLLOW = 0x100;

    // Linux 4.11. By number: musl has the function since 1.2.5 only.
    private static readonly nint s_statx = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 332 : 291;

    /// <summary>Type, owner, mode and size of an open file.</summary>
    internal static int statx(FileDescriptor file, out FileAttributes attributes) => (int)syscall(
        s_statx, file, s_empty, (nint)AT_EMPTY_PATH, (nint)STATX_BASIC_STATS, out attributes);

    /// <summary>The same of what an absolute path names itself, link or not.</summary>
    internal static int statx(byte[] path, out FileAttributes attributes) => (int)syscall(
        s_statx, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, (nint)STATX_BASIC_STATS, out attributes);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor folder,
        byte[] path,
        nint flags,
        nint mask,
        out FileAttributes attributes);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        nint folder,
        byte[] path,
        nint flags,
        nint mask,
        out FileAttributes attributes);

    /// <summary>The head of struct statx, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct FileAttributes
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint UserId;
        public uint GroupId;
        public ushort Mode;
        public ushort Spare;
        public ulong Inode;
        public ulong Size;
    }
}
