using System;
using static HcsPowerShell.Interop.Native.Shell32;

namespace HcsPowerShell.Interop.Local;

/// <summary>Whether this process may do what an administrator may.</summary>
internal static class Elevation
{
    /// <summary>Null where Windows cannot be asked.</summary>
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
