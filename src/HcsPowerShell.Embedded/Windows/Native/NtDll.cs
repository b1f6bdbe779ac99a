using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>What kernel32 has no door to; the functions return an NTSTATUS.</summary>
internal static class NtDll
{
    internal const int STATUS_PROCESS_IS_TERMINATING = unchecked((int)0xC000010A);

    private const string Library = "ntdll.dll";

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern int NtResumeProcess(
        SafeProcessHandle ProcessHandle);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern int NtSuspendProcess(
        SafeProcessHandle ProcessHandle);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern int RtlNtStatusToDosError(
        int Status);
}
