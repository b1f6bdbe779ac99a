using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static class NtDll
{
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    internal struct OSVERSIONINFOW
    {
        internal uint dwOSVersionInfoSize;
        internal uint dwMajorVersion;
        internal uint dwMinorVersion;
        internal uint dwBuildNumber;
        internal uint dwPlatformId;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 128)]
        internal string szCSDVersion;
    }

    /// <summary>The version of this Windows, whatever the manifest of the program says.</summary>
    [DllImport(Libraries.NtDll, ExactSpelling = true)]
    internal static extern int RtlGetVersion(
        ref OSVERSIONINFOW lpVersionInformation);
}
