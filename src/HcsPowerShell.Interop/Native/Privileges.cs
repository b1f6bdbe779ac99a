using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Advapi32;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Privileges that are switched on for one thread. Switched on for the process, they would be for every runspace in it.
/// </summary>
internal static class Privileges
{
    private const int NotAllAssigned = 1300;

    /// <summary>Makes the call with the privileges on, and switches them off again.</summary>
    /// <param name="names">Names of winnt.h, such as <c>SeBackupPrivilege</c>.</param>
    /// <param name="call">Runs on the calling thread; it starts no other thread and no task.</param>
    /// <exception cref="HcsException">The caller does not have a privilege.</exception>
    internal static T With<T>(IReadOnlyList<string> names, Func<T> call)
    {
        Check(nameof(ImpersonateSelf), ImpersonateSelf(SECURITY_IMPERSONATION_LEVEL.SecurityImpersonation));
        try
        {
            SwitchOn(names);
            return call();
        }
        finally
        {
            // The thread ends with the call, and with it a token that could not be taken off.
            _ = RevertToSelf();
        }
    }

    private static void SwitchOn(IReadOnlyList<string> names)
    {
        Check(
            nameof(OpenThreadToken),
            OpenThreadToken(
                GetCurrentThread(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, OpenAsSelf: 0, out SafeTokenHandle token));
        using (token)
        {
            foreach (string name in names)
            {
                Check(nameof(LookupPrivilegeValueW), LookupPrivilegeValueW(null, name, out LUID privilege));
                TOKEN_PRIVILEGES on = new()
                {
                    PrivilegeCount = 1,
                    Privileges = new LUID_AND_ATTRIBUTES { Luid = privilege, Attributes = SE_PRIVILEGE_ENABLED },
                };
                Check(
                    nameof(AdjustTokenPrivileges),
                    AdjustTokenPrivileges(token, DisableAllPrivileges: 0, ref on, 0, IntPtr.Zero, IntPtr.Zero));
                if (Marshal.GetLastWin32Error() == NotAllAssigned)
                {
                    throw Failure(nameof(AdjustTokenPrivileges));
                }
            }
        }
    }

    private static void Check(string function, int succeeded)
    {
        if (succeeded == 0)
        {
            throw Failure(function);
        }
    }

    private static HcsException Failure(string function) => new(function, Marshal.GetHRForLastWin32Error());
}
