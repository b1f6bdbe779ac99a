using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Unix;

internal static partial class Libc
{
    /// <param name="pid">Receives the process id.</param>
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="fileActions">posix_spawn_file_actions_t.</param>
    /// <param name="attributes">posix_spawnattr_t.</param>
    /// <param name="arguments">Strings, ending in a null pointer.</param>
    /// <param name="environment">Strings, ending in a null pointer.</param>
    /// <returns>An error number; that of exec included.</returns>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn(
        out int pid,
        byte[] path,
        nint fileActions,
        nint attributes,
        nint[] arguments,
        nint[] environment);
}
