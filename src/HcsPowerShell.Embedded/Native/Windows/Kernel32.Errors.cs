namespace HcsPowerShell.Embedded.Native.Windows;

internal static partial class Kernel32
{
    internal const int ERROR_ACCESS_DENIED = 5;

    /// <summary>Of OpenProcess: the id belongs to nobody.</summary>
    internal const int ERROR_INVALID_PARAMETER = 87;

    internal const int ERROR_INSUFFICIENT_BUFFER = 122;
    internal const int ERROR_MORE_DATA = 234;
}
