using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>Functions of ntdll.dll that kernel32.dll does not offer; they return an NTSTATUS.</summary>
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
