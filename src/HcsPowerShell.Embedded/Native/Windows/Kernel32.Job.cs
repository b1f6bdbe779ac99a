using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Native.Windows;

internal static partial class Kernel32
{
    internal const uint JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x00002000;
    internal const int JobObjectBasicAccountingInformation = 1;
    internal const int JobObjectBasicProcessIdList = 3;
    internal const int JobObjectBasicAndIoAccountingInformation = 8;
    internal const int JobObjectExtendedLimitInformation = 9;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool AssignProcessToJobObject(
        SafeJobHandle hJob,
        SafeProcessHandle hProcess);

    [DllImport(Library, ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern SafeJobHandle CreateJobObjectW(
        IntPtr lpJobAttributes,
        string? lpName);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool QueryInformationJobObject(
        SafeJobHandle hJob,
        int JobObjectInformationClass,
        out JOBOBJECT_BASIC_ACCOUNTING_INFORMATION lpJobObjectInformation,
        int cbJobObjectInformationLength,
        IntPtr lpReturnLength);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool QueryInformationJobObject(
        SafeJobHandle hJob,
        int JobObjectInformationClass,
        out JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION lpJobObjectInformation,
        int cbJobObjectInformationLength,
        IntPtr lpReturnLength);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool QueryInformationJobObject(
        SafeJobHandle hJob,
        int JobObjectInformationClass,
        out JOBOBJECT_EXTENDED_LIMIT_INFORMATION lpJobObjectInformation,
        int cbJobObjectInformationLength,
        IntPtr lpReturnLength);

    // The process id list has no fixed size, so it comes as bytes.
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool QueryInformationJobObject(
        SafeJobHandle hJob,
        int JobObjectInformationClass,
        [Out] byte[] lpJobObjectInformation,
        int cbJobObjectInformationLength,
        IntPtr lpReturnLength);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool SetInformationJobObject(
        SafeJobHandle hJob,
        int JobObjectInformationClass,
        in JOBOBJECT_EXTENDED_LIMIT_INFORMATION lpJobObjectInformation,
        int cbJobObjectInformationLength);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool TerminateJobObject(
        SafeJobHandle hJob,
        uint uExitCode);
}
