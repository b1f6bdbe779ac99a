using System.Runtime.InteropServices;

// On Unix this excludes the folder of the assembly, where a file of that name could come from any user.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Functions of the C library, under their own names; values are those of Linux, glibc and musl alike.</summary>
internal static partial class Libc
{
    // The name of glibc, which is already loaded; musl takes this name for itself.
    private const string Library = "libc.so.6";
}
