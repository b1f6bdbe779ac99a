using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="ends">Receives the reading end, then the writing end.</param>
    /// <param name="flags">O_ flags for both ends.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int pipe2(
        [Out] int[] ends,
        int flags);
}
