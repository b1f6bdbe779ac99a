using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    internal const uint MFD_CLOEXEC = 0x01;
    internal const uint MFD_ALLOW_SEALING = 0x02;

    /// <summary>May be executed; Linux 6.3, EINVAL before.</summary>
    internal const uint MFD_EXEC = 0x10;

    /// <summary>Makes a file that is in memory only.</summary>
    /// <param name="name">What links to it show; UTF-8, ending in a zero byte.</param>
    /// <param name="flags">MFD_ flags.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int memfd_create(
        byte[] name,
        uint flags);
}
