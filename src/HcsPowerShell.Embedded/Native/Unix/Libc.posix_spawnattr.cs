using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const short POSIX_SPAWN_SETPGROUP = 0x02;
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;
    internal const short POSIX_SPAWN_SETSID = 0x80;

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_init(nint attributes);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_destroy(nint attributes);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setflags(
        nint attributes,
        short flags);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setsigdefault(
        nint attributes,
        byte[] signals);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setsigmask(
        nint attributes,
        byte[] signals);
}
