using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>Whether Windows is Wine, whose kernel counts less.</summary>
internal static class Wine
{
    internal static bool IsHost { get; } =
        OperatingSystem.IsWindows()
        && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll.dll"), "wine_get_version", out _);
}
