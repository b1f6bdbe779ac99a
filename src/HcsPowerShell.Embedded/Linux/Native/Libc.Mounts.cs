using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    internal const nuint MS_NOSUID = 0x02;
    internal const nuint MS_NODEV = 0x04;
    internal const nuint MS_REMOUNT = 0x20;
    internal const nuint MS_BIND = 0x1000;
    internal const nuint MS_REC = 0x4000;

    /// <param name="source">Device or name; UTF-8, ending in a zero byte.</param>
    /// <param name="target">Path to mount at; links are followed.</param>
    /// <param name="type">Type of the file system.</param>
    /// <param name="flags">MS_ flags.</param>
    /// <param name="data">Options of the file system, at most one page.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int mount(
        byte[]? source,
        byte[] target,
        byte[]? type,
        nuint flags,
        byte[]? data);

    internal const uint FSOPEN_CLOEXEC = 1;
    internal const uint FSMOUNT_CLOEXEC = 1;
    internal const uint FSCONFIG_SET_FLAG = 0;
    internal const uint FSCONFIG_SET_STRING = 1;
    internal const uint FSCONFIG_CMD_CREATE = 6;

    // The same numbers on every architecture; Linux 5.2. The C library has wrappers since glibc 2.36.
    private const nint SYS_fsopen = 430;
    private const nint SYS_fsconfig = 431;
    private const nint SYS_fsmount = 432;

    /// <summary>Starts the setup of a mount.</summary>
    /// <param name="type">Type of the file system; ASCII, ending in a zero byte.</param>
    internal static int fsopen(byte[] type) => (int)syscall(SYS_fsopen, type, (nint)FSOPEN_CLOEXEC);

    /// <param name="context">From <see cref="fsopen"/>.</param>
    /// <param name="command">FSCONFIG_ constant.</param>
    /// <param name="key">Name of the parameter, if the command takes one.</param>
    /// <param name="value">Its value.</param>
    internal static int fsconfig(FileDescriptor context, uint command, byte[]? key, byte[]? value) =>
        (int)syscall(SYS_fsconfig, context, (nint)command, key, value, 0);

    /// <summary>Creates a mount that is in no namespace and disappears when its descriptor is closed.</summary>
    internal static int fsmount(FileDescriptor context) =>
        (int)syscall(SYS_fsmount, context, (nint)FSMOUNT_CLOEXEC, 0, 0);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        byte[] first,
        nint second);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor context,
        nint command,
        byte[]? key,
        byte[]? value,
        nint auxiliary);

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

    /// <summary>
    /// Copies the mounts at an open file and below it; the copy is in no namespace until it is moved there.
    /// </summary>
    internal static int open_tree(FileDescriptor file) => (int)syscall(
        SYS_open_tree, file, s_empty, (nint)(OPEN_TREE_CLONE | AT_EMPTY_PATH | AT_RECURSIVE | (uint)O_CLOEXEC));

    /// <summary>Attaches a mount at a path; links are followed.</summary>
    internal static int move_mount(FileDescriptor mount, byte[] path) => (int)syscall(
        SYS_move_mount,
        mount,
        s_empty,
        AT_FDCWD,
        path,
        (nint)(MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS));

    /// <summary>Attaches a mount at a name in a folder.</summary>
    internal static int move_mount(FileDescriptor mount, FileDescriptor folder, byte[] name) => (int)syscall(
        SYS_move_mount, mount, s_empty, folder, name, (nint)MOVE_MOUNT_F_EMPTY_PATH);

    /// <summary>Changes the attributes of a mount and of the mounts below it.</summary>
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

    internal const int CLONE_FS = 0x200;
    internal const int CLONE_NEWNS = 0x20000;
    internal const int MNT_DETACH = 2;
    internal const int UMOUNT_NOFOLLOW = 8;

    /// <summary>
    /// Gives the calling thread its own copy of resources it shared with the other threads of its process.
    /// </summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int unshare(int flags);

    /// <summary>Moves the calling thread into a namespace.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int setns(
        FileDescriptor fd,
        int type);

    /// <summary>Sets the working folder of the calling thread, if the thread shares it with no other.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int fchdir(FileDescriptor fd);

    /// <param name="target">UTF-8, ending in a zero byte.</param>
    /// <param name="flags">MNT_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int umount2(
        byte[] target,
        int flags);
}
