using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Native.Windows;

internal static partial class Kernel32
{
    internal const uint SYNCHRONIZE = 0x00100000;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool DuplicateHandle(
        IntPtr hSourceProcessHandle,
        SafeProcessHandle hSourceHandle,
        IntPtr hTargetProcessHandle,
        out SafeWaitHandle lpTargetHandle,
        uint dwDesiredAccess,
        bool bInheritHandle,
        uint dwOptions);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern IntPtr GetCurrentProcess();
}
