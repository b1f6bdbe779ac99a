using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

internal static partial class Kernel32
{
    /// <summary>FILE_SHARE_READ, FILE_SHARE_WRITE and FILE_SHARE_DELETE.</summary>
    internal const uint FILE_SHARE_ALL = 0x00000007;

    internal const uint OPEN_EXISTING = 3;

    /// <summary>Opens folders too.</summary>
    internal const uint FILE_FLAG_BACKUP_SEMANTICS = 0x02000000;

    [DllImport(Libraries.Kernel32, ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern SafeFileHandle CreateFileW(
        string lpFileName,
        uint dwDesiredAccess,
        uint dwShareMode,
        IntPtr lpSecurityAttributes,
        uint dwCreationDisposition,
        uint dwFlagsAndAttributes,
        IntPtr hTemplateFile);

    /// <summary>
    /// Returns the number of characters written, without the null character; the number needed, with it, when the
    /// buffer is too small; 0 when there is no such path.
    /// </summary>
    [DllImport(Libraries.Kernel32, ExactSpelling = true)]
    internal static extern uint GetFinalPathNameByHandleW(
        SafeFileHandle hFile,
        IntPtr lpszFilePath,
        uint cchFilePath,
        uint dwFlags);

    /// <summary>A number that means the calling thread; it is not closed.</summary>
    [DllImport(Libraries.Kernel32, ExactSpelling = true)]
    internal static extern IntPtr GetCurrentThread();

    [DllImport(Libraries.Kernel32, ExactSpelling = true)]
    internal static extern int CloseHandle(
        IntPtr hObject);

    [DllImport(Libraries.Kernel32, ExactSpelling = true)]
    private static extern IntPtr LocalFree(
        IntPtr hMem);

    /// <summary>Text that computecore allocated.</summary>
    internal sealed class SafeLocalString : NativeText
    {
        protected override bool ReleaseHandle() => LocalFree(handle) == IntPtr.Zero;
    }
}
