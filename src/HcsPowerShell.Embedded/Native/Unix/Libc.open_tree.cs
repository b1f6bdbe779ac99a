using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const nint AT_FDCWD = -100;
    internal const uint AT_RECURSIVE = 0x8000;
    internal const ulong MOUNT_ATTR_RDONLY = 1;
    internal const ulong MS_PRIVATE = 0x40000;

    private const uint OPEN_TREE_CLONE = 1;
    private const uint AT_EMPTY_PATH = 0x1000;
    private const uint MOVE_MOUNT_F_EMPTY_PATH = 0x04;
    private const uint MOVE_MOUNT_T_SYMLINKS = 0x10;

    // The same numbers on every architecture; Linux 5.2, the last one 5.12. The C library has wrappers since glibc 2.36.
    private const nint SYS_open_tree = 428;
    private const nint SYS_move_mount = 429;
    private const nint SYS_mount_setattr = 442;

    private static readonly byte[] s_empty = [0];

    /// <summary>A copy of the mounts at an open file and below it; in no namespace until it is moved there.</summary>
    internal static int open_tree(FileDescriptor file) => (int)syscall(
        SYS_open_tree, file, s_empty, (nint)(OPEN_TREE_CLONE | AT_EMPTY_PATH | AT_RECURSIVE | (uint)O_CLOEXEC));

    /// <summary>Puts it at a path; links are followed.</summary>
    internal static int move_mount(FileDescriptor mount, byte[] path) => (int)syscall(
        SYS_move_mount,
        mount,
        s_empty,
        AT_FDCWD,
        path,
        (nint)(MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS));

    /// <summary>Puts it at a name in a folder.</summary>
    internal static int move_mount(FileDescriptor mount, FileDescriptor folder, byte[] name) => (int)syscall(
        SYS_move_mount, mount, s_empty, folder, name, (nint)MOVE_MOUNT_F_EMPTY_PATH);

    /// <summary>Changes a mount and those below it.</summary>
    internal static int mount_setattr(FileDescriptor mount, in MountAttributes attributes) => (int)syscall(
        SYS_mount_setattr,
        mount,
        s_empty,
        (nint)(AT_EMPTY_PATH | AT_RECURSIVE),
        attributes,
        Marshal.SizeOf<MountAttributes>());

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor file,
        byte[] path,
        nint flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor mount,
        byte[] path,
        nint folder,
        byte[] target,
        nint flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor mount,
        byte[] path,
        FileDescriptor folder,
        byte[] target,
        nint flags);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor mount,
        byte[] path,
        nint flags,
        in MountAttributes attributes,
        nint size);

    /// <summary>struct mount_attr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MountAttributes
    {
        public ulong Set;
        public ulong Clear;
        public ulong Propagation;
        public ulong UserNamespace;
    }
}
