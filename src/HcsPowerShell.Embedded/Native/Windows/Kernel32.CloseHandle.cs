using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Native.Windows;

internal static partial class Kernel32
{
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool CloseHandle(
        IntPtr hObject);
}
