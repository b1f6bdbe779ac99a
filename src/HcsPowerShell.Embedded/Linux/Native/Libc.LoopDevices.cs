using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    internal const nuint LOOP_CTL_GET_FREE = 0x4C82;

    /// <summary>Linux 5.8.</summary>
    internal const nuint LOOP_CONFIGURE = 0x4C0A;

    internal const uint LO_FLAGS_READ_ONLY = 1;
    internal const uint LO_FLAGS_AUTOCLEAR = 4;
    internal const uint LO_FLAGS_DIRECT_IO = 16;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ioctl(
        FileDescriptor fd,
        nuint request,
        nint argument);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int ioctl(
        FileDescriptor fd,
        nuint request,
        in LoopConfiguration configuration);

    /// <summary>struct loop_config with the struct loop_info64 in it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 304)]
    internal struct LoopConfiguration
    {
        [FieldOffset(0)]
        public int Descriptor;

        [FieldOffset(60)]
        public uint Flags;
    }
}
