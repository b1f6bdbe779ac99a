using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Shell32
{
    /// <summary>Not 0 when the token of this process has the rights of an administrator, elevation included.</summary>
    [DllImport(Libraries.Shell32, ExactSpelling = true)]
    internal static extern int IsUserAnAdmin();

    /// <summary>%ProgramData%, as the system knows it.</summary>
    internal static readonly Guid FOLDERID_ProgramData = new("62AB5D82-FDC1-4DC3-A9DD-070D1D495D97");

    [DllImport(Libraries.Shell32, ExactSpelling = true)]
    internal static extern int SHGetKnownFolderPath(
        ref Guid rfid,
        uint dwFlags,
        IntPtr hToken,
        out Ole32.SafeCoTaskString ppszPath);
}
