using System;
using System.Runtime.InteropServices;

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
}
