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

    /// <summary>Opens a link itself.</summary>
    internal const uint FILE_FLAG_OPEN_REPARSE_POINT = 0x00200000;

    internal const uint FILE_READ_ATTRIBUTES = 0x00000080;

    /// <summary>The right to read the owner and the access list.</summary>
    internal const uint READ_CONTROL = 0x00020000;

    internal const uint FILE_ATTRIBUTE_DIRECTORY = 0x00000010;

    /// <summary>A link of any kind.</summary>
    internal const uint FILE_ATTRIBUTE_REPARSE_POINT = 0x00000400;

    internal enum FILE_INFO_BY_HANDLE_CLASS
    {
        FileAttributeTagInfo = 9,
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FILE_ATTRIBUTE_TAG_INFO
    {
        internal uint FileAttributes;
        internal uint ReparseTag;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct SECURITY_ATTRIBUTES
    {
        internal uint nLength;
        internal IntPtr lpSecurityDescriptor;
        internal int bInheritHandle;
    }

    [DllImport(Libraries.Kernel32, ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    internal static extern int CreateDirectoryW(
        string lpPathName,
        ref SECURITY_ATTRIBUTES lpSecurityAttributes);

    [DllImport(Libraries.Kernel32, ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    internal static extern SafeFileHandle CreateFileW(
        string lpFileName,
        uint dwDesiredAccess,
        uint dwShareMode,
        IntPtr lpSecurityAttributes,
        uint dwCreationDisposition,
        uint dwFlagsAndAttributes,
        IntPtr hTemplateFile);

    /// <summary>Declared for the class of information that is used here.</summary>
    [DllImport(Libraries.Kernel32, ExactSpelling = true, SetLastError = true)]
    internal static extern int GetFileInformationByHandleEx(
        SafeFileHandle hFile,
        FILE_INFO_BY_HANDLE_CLASS FileInformationClass,
        out FILE_ATTRIBUTE_TAG_INFO lpFileInformation,
        uint dwBufferSize);

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

    /// <summary>A number that means this process; it is not closed.</summary>
    [DllImport(Libraries.Kernel32, ExactSpelling = true)]
    internal static extern IntPtr GetCurrentProcess();

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
