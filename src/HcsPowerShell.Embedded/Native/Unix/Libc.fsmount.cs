using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const uint FSOPEN_CLOEXEC = 1;
    internal const uint FSMOUNT_CLOEXEC = 1;
    internal const uint FSCONFIG_SET_FLAG = 0;
    internal const uint FSCONFIG_SET_STRING = 1;
    internal const uint FSCONFIG_CMD_CREATE = 6;

    // The same numbers on every architecture; Linux 5.2. The C library has wrappers since glibc 2.36.
    private const nint SYS_fsopen = 430;
    private const nint SYS_fsconfig = 431;
    private const nint SYS_fsmount = 432;

    /// <summary>Begins to set up a mount.</summary>
    /// <param name="type">Type of the file system; ASCII, ending in a zero byte.</param>
    internal static int fsopen(byte[] type) => (int)syscall(SYS_fsopen, type, (nint)FSOPEN_CLOEXEC);

    /// <param name="context">From <see cref="fsopen"/>.</param>
    /// <param name="command">FSCONFIG_ constant.</param>
    /// <param name="key">Name of the parameter, if the command takes one.</param>
    /// <param name="value">Its value.</param>
    internal static int fsconfig(FileDescriptor context, uint command, byte[]? key, byte[]? value) =>
        (int)syscall(SYS_fsconfig, context, (nint)command, key, value, 0);

    /// <summary>A mount that is in no namespace, and goes when its descriptor is closed.</summary>
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
}
