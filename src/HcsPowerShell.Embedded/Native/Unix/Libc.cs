namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>Functions of the C library, under their own names; values are those of Linux, glibc and musl alike.</summary>
internal static partial class Libc
{
    // The runtime maps this name to libc.so.6 or to musl's library.
    private const string Library = "libc";
}
