using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

internal static partial class Interop
{
    internal static partial class Kernel32
    {
        /// <summary>Characters written, without the null character; those needed, with it, where the buffer is too small; 0
        /// where there is no such path.</summary>
        [DllImport(Libraries.Kernel32, ExactSpelling = true)]
        internal static extern uint GetFinalPathNameByHandleW(
            SafeFileHandle hFile,
            IntPtr lpszFilePath,
            uint cchFilePath,
            uint dwFlags);
    }
}
