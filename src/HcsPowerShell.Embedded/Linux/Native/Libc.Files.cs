using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_NOCTTY = 0x100;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">O_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int open(
        byte[] path,
        int flags);

    internal const int O_EXCL = 0x80;
    internal const int O_PATH = 0x200000;

    /// <summary>The path must not cross from one mount to another.</summary>
    internal const ulong RESOLVE_NO_XDEV = 0x01;

    /// <summary>The path must not contain a link.</summary>
    internal const ulong RESOLVE_NO_SYMLINKS = 0x04;

    /// <summary>The path must not leave the folder in any way.</summary>
    internal const ulong RESOLVE_BENEATH = 0x08;

    /// <summary>Links, absolute ones included, and <c>..</c> stay below the folder.</summary>
    internal const ulong RESOLVE_IN_ROOT = 0x10;

    // Values of x64; on arm64 two pairs of bits are swapped.
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

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int close(int fd);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint read(
        FileDescriptor fd,
        ref byte buffer,
        nint count);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint pread(
        FileDescriptor fd,
        ref byte buffer,
        nint count,
        nint offset);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint write(
        FileDescriptor fd,
        ref byte buffer,
        nint count);

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="buffer">Receives the target, without a zero byte.</param>
    /// <param name="size">Room in the buffer.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint readlink(
        byte[] path,
        byte[] buffer,
        nint size);

    internal const int X_OK = 1;
    internal const int W_OK = 2;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">_OK flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int access(
        byte[] path,
        int mode);

    internal const uint S_IFMT = 0xF000;
    internal const uint S_IFIFO = 0x1000;
    internal const uint S_IFDIR = 0x4000;
    internal const uint S_IFBLK = 0x6000;
    internal const uint S_IFREG = 0x8000;
    internal const uint S_IFLNK = 0xA000;
    internal const uint S_IFSOCK = 0xC000;

    private const uint STATX_BASIC_STATS = 0x7FF;
    private const nint AT_SYMLINK_NOFOLLOW = 0x100;

    // Linux 4.11. Called by number, because musl has the function only since 1.2.5.
    private static readonly nint s_statx = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 332 : 291;

    /// <summary>Gets type, owner, mode and size of an open file.</summary>
    internal static int statx(FileDescriptor file, out FileAttributes attributes) => (int)syscall(
        s_statx, file, s_empty, (nint)AT_EMPTY_PATH, (nint)STATX_BASIC_STATS, out attributes);

    /// <summary>Gets the same of the file at an absolute path, without following a link at its end.</summary>
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

    /// <summary>The first members of struct statx, the same on every architecture.</summary>
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

    internal const long PROC_SUPER_MAGIC = 0x9FA0;
    internal const long SYSFS_MAGIC = 0x62656572;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fstatfs(
        FileDescriptor fd,
        out FileSystem system);

    /// <summary>The first members of struct statfs of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct FileSystem
    {
        public long Type;
    }

    internal const int F_SETFL = 4;
    internal const int F_OFD_SETLK = 37;
    internal const short F_RDLCK = 0;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_ADD_SEALS = 1033;

    /// <summary>Seals the file: neither its content nor its size nor its seals can change any more.</summary>
    internal const int F_SEAL_ALL = 0x0F;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        int fd,
        int command,
        int argument);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        FileDescriptor fd,
        int command,
        int argument);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fcntl(
        FileDescriptor fd,
        int command,
        in FileLock argument);

    /// <summary>struct flock; covers the whole file unless it says otherwise.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }

    internal const int LOCK_SH = 1;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

    /// <summary>Locks an open file until its last descriptor closes.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int flock(
        SafeFileHandle file,
        int operation);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int flock(
        FileDescriptor file,
        int operation);

    internal const int O_CREAT = 0x40;

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">Permission bits.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mkdir(
        byte[] path,
        uint mode);

    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">O_ flags, O_CREAT among them.</param>
    /// <param name="mode">Permission bits of a created file.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int open(
        byte[] path,
        int flags,
        uint mode);

    /// <param name="folder">Folder the path is relative to.</param>
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="mode">Permission bits, less those of the umask of the process.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mkdirat(
        FileDescriptor folder,
        byte[] path,
        uint mode);

    /// <param name="target">UTF-8, ending in a zero byte.</param>
    /// <param name="folder">Folder the path of the link is relative to.</param>
    /// <param name="path">Path of the link; must not exist.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int symlinkat(
        byte[] target,
        FileDescriptor folder,
        byte[] path);

    /// <param name="file">A file not opened for its path alone.</param>
    /// <param name="mode">Permission bits.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fchmod(
        FileDescriptor file,
        uint mode);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ftruncate(
        FileDescriptor file,
        long length);

    internal const uint MFD_CLOEXEC = 0x01;
    internal const uint MFD_ALLOW_SEALING = 0x02;

    /// <summary>The file may be executed; Linux 6.3, EINVAL on earlier kernels.</summary>
    internal const uint MFD_EXEC = 0x10;

    /// <summary>Creates a file that exists in memory only.</summary>
    /// <param name="name">Name that links to the file show; UTF-8, ending in a zero byte.</param>
    /// <param name="flags">MFD_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int memfd_create(
        byte[] name,
        uint flags);
}
