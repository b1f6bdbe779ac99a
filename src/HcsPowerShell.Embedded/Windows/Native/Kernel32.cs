namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>What the isolation calls in kernel32.dll, under the native names.</summary>
internal static partial class Kernel32
{
    private const string Library = "kernel32.dll";

    internal const int ERROR_ACCESS_DENIED = 5;

    /// <summary>Of OpenProcess: the id belongs to nobody.</summary>
    internal const int ERROR_INVALID_PARAMETER = 87;

    internal const int ERROR_INSUFFICIENT_BUFFER = 122;
    internal const int ERROR_MORE_DATA = 234;
}
