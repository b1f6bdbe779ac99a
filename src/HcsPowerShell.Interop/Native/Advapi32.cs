using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Interop.Native;

internal static partial class Advapi32
{
    /// <summary>HKEY_LOCAL_MACHINE, sign-extended as in the header.</summary>
    internal static readonly IntPtr HKEY_LOCAL_MACHINE = new(unchecked((int)0x80000002));

    /// <summary>Text only; it always ends with a null character.</summary>
    internal const uint RRF_RT_REG_SZ = 0x00000002;

    /// <summary>The 64-bit view of the registry, also for a 32-bit process.</summary>
    internal const uint RRF_SUBKEY_WOW6464KEY = 0x00010000;

    [DllImport(Libraries.Advapi32, ExactSpelling = true, CharSet = CharSet.Unicode)]
    internal static extern int RegGetValueW(
        IntPtr hkey,
        string lpSubKey,
        string lpValue,
        uint dwFlags,
        out uint pdwType,
        IntPtr pvData,
        ref uint pcbData);

    internal const uint TOKEN_QUERY = 0x0008;

    internal const uint TOKEN_ADJUST_PRIVILEGES = 0x0020;

    internal const uint SE_PRIVILEGE_ENABLED = 0x00000002;

    internal enum SECURITY_IMPERSONATION_LEVEL
    {
        SecurityImpersonation = 2,
    }

    /// <summary>The number of a privilege on this machine until it restarts.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LUID
    {
        internal uint LowPart;
        internal int HighPart;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LUID_AND_ATTRIBUTES
    {
        internal LUID Luid;
        internal uint Attributes;
    }

    /// <summary>A list of one privilege.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TOKEN_PRIVILEGES
    {
        internal uint PrivilegeCount;
        internal LUID_AND_ATTRIBUTES Privileges;
    }

    /// <summary>Gives this thread a copy of the token of the process, which can be changed without it.</summary>
    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int ImpersonateSelf(
        SECURITY_IMPERSONATION_LEVEL ImpersonationLevel);

    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int OpenThreadToken(
        IntPtr ThreadHandle,
        uint DesiredAccess,
        int OpenAsSelf,
        out SafeTokenHandle TokenHandle);

    [DllImport(Libraries.Advapi32, ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    internal static extern int LookupPrivilegeValueW(
        string? lpSystemName,
        string lpName,
        out LUID lpLuid);

    /// <summary>
    /// Succeeds also when the token lacks the privilege; the last error is ERROR_NOT_ALL_ASSIGNED then, otherwise 0.
    /// </summary>
    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int AdjustTokenPrivileges(
        SafeTokenHandle TokenHandle,
        int DisableAllPrivileges,
        ref TOKEN_PRIVILEGES NewState,
        uint BufferLength,
        IntPtr PreviousState,
        IntPtr ReturnLength);

    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int RevertToSelf();

    internal enum TOKEN_INFORMATION_CLASS
    {
        TokenUser = 1,
        TokenElevation = 20,
    }

    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int OpenProcessToken(
        IntPtr ProcessHandle,
        uint DesiredAccess,
        out SafeTokenHandle TokenHandle);

    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int GetTokenInformation(
        SafeTokenHandle TokenHandle,
        TOKEN_INFORMATION_CLASS TokenInformationClass,
        IntPtr TokenInformation,
        uint TokenInformationLength,
        out uint ReturnLength);

    internal const uint SDDL_REVISION_1 = 1;

    internal const uint OWNER_SECURITY_INFORMATION = 0x00000001;

    internal const uint DACL_SECURITY_INFORMATION = 0x00000004;

    [DllImport(Libraries.Advapi32, ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    internal static extern int ConvertStringSecurityDescriptorToSecurityDescriptorW(
        string StringSecurityDescriptor,
        uint StringSDRevision,
        out SafeSecurityDescriptor SecurityDescriptor,
        IntPtr SecurityDescriptorSize);

    /// <summary>Copies the security descriptor of what is open; all offsets in it count from its start.</summary>
    [DllImport(Libraries.Advapi32, ExactSpelling = true, SetLastError = true)]
    internal static extern int GetKernelObjectSecurity(
        SafeFileHandle Handle,
        uint RequestedInformation,
        [Out] byte[] pSecurityDescriptor,
        uint nLength,
        out uint lpnLengthNeeded);

    /// <summary>A security descriptor that advapi32 allocated.</summary>
    internal sealed class SafeSecurityDescriptor : NativeHandle
    {
        protected override bool ReleaseHandle()
        {
            // This is LocalFree.
            Marshal.FreeHGlobal(handle);
            return true;
        }
    }

    /// <summary>HANDLE of a token.</summary>
    internal sealed class SafeTokenHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Kernel32.CloseHandle(handle) != 0;
    }
}
