using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Contract;

/// <summary>
/// Tells whether Windows is Wine, whose kernel counts less. A test that needs a feature Wine lacks is skipped by
/// SkipWhen before it begins: Wine cannot handle every exception, and an exception in a skipped test can end the whole
/// run.
/// </summary>
public static class Wine
{
    public static bool IsHost { get; } =
        OperatingSystem.IsWindows()
        && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll.dll"), "wine_get_version", out _);
}
