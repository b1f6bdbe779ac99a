using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_init(nint fileActions);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_destroy(nint fileActions);

    /// <remarks>glibc 2.29, musl 1.1.24.</remarks>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addchdir_np(
        nint fileActions,
        byte[] path);

    /// <remarks>glibc 2.34; musl has none.</remarks>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addclosefrom_np(
        nint fileActions,
        int from);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_adddup2(
        nint fileActions,
        FileDescriptor descriptor,
        int newDescriptor);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addopen(
        nint fileActions,
        int descriptor,
        byte[] path,
        int flags,
        uint mode);
}
