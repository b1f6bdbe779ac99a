using System;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.Shell32;

namespace HcsPowerShell.Interop.Native;

/// <summary>The folder for the data of programs that belongs to no user.</summary>
internal static class ProgramData
{
    /// <summary>
    /// The folder, such as <c>C:\ProgramData</c>. It is asked of the system: an elevated process inherits the variable
    /// of that name from a caller that need not be.
    /// </summary>
    /// <exception cref="HcsException">The call is refused.</exception>
    internal static string Path => NativeCall.Run(nameof(SHGetKnownFolderPath), null, () =>
    {
        Guid folder = FOLDERID_ProgramData;
        int hresult = SHGetKnownFolderPath(ref folder, 0, IntPtr.Zero, out SafeCoTaskString text);
        string? path = text.Take();
        return hresult < 0 || path is null ? throw new HcsException(nameof(SHGetKnownFolderPath), hresult) : path;
    });
}
