using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
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
    }
}
