namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>Functions of kernel32.dll the isolation calls, under their native names.</summary>
internal static partial class Kernel32
{
    private const string Library = "kernel32.dll";

    internal const int ERROR_ACCESS_DENIED = 5;

    /// <summary>OpenProcess fails with it when no process has the id.</summary>
    internal const int ERROR_INVALID_PARAMETER = 87;

    internal const int ERROR_INSUFFICIENT_BUFFER = 122;
    internal const int ERROR_MORE_DATA = 234;
}
