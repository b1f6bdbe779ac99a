using System.Runtime.InteropServices;

// On Unix that means: not beside the assembly, where a file of that name would be whoever put it there.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Functions of the C library, under their own names; values are those of Linux, glibc and musl alike.</summary>
internal static partial class Libc
{
    // What glibc is called by, and loaded long since; musl takes this name for itself.
    private const string Library = "libc.so.6";
}
