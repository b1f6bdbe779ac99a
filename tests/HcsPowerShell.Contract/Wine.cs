using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Contract;

/// <summary>
/// Whether Windows is Wine, whose kernel counts less. What Wine lacks is left out before the test begins, by SkipWhen: Wine
/// does not bear every exception, and one in a test that is to be skipped can end the whole run.
/// </summary>
public static class Wine
{
    public static bool IsHost { get; } =
        OperatingSystem.IsWindows()
        && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll.dll"), "wine_get_version", out _);
}
