using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Interop.Local;

/// <summary>Tells the version of this Windows. Environment.OSVersion of .NET Framework tells what the manifest allows.</summary>
internal static class WindowsVersion
{
    /// <summary>Returns major, minor and build; null where Windows cannot be asked.</summary>
    public static Version? Read()
    {
        NtDll.OSVERSIONINFOW version = new() { dwOSVersionInfoSize = (uint)Marshal.SizeOf<NtDll.OSVERSIONINFOW>() };
        try
        {
            return NtDll.RtlGetVersion(ref version) == 0
                ? new Version((int)version.dwMajorVersion, (int)version.dwMinorVersion, (int)version.dwBuildNumber)
                : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
