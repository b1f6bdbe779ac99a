using System;
using static HcsPowerShell.Interop.Native.Shell32;

namespace HcsPowerShell.Interop.Local;

/// <summary>Tells whether this process has the rights of an administrator.</summary>
internal static class Elevation
{
    /// <summary>Returns whether this process is elevated; null where Windows cannot be asked.</summary>
    public static bool? IsElevated()
    {
        try
        {
            return IsUserAnAdmin() != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
