namespace HcsPowerShell.Embedded.Native.Windows;

/// <summary>What the isolation calls in kernel32.dll, under the native names.</summary>
internal static partial class Kernel32
{
    private const string Library = "kernel32.dll";
}
