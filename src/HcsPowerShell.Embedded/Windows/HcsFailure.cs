using System.ComponentModel;
using System.IO;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>Turns a refusal of the operating system into one of the service.</summary>
internal static class HcsFailure
{
    private const int Win32Facility = unchecked((int)0x80070000);

    /// <summary>Creates an exception whose HRESULT is HRESULT_FROM_WIN32 of the error.</summary>
    internal static HcsException Of(string function, string? systemId, Win32Exception cause) =>
        new(function, Win32Facility | (cause.NativeErrorCode & 0xFFFF), systemId, inner: cause);

    /// <summary>
    /// Creates an exception for a pipe that could not be created; <paramref name="cause"/> carries the HRESULT.
    /// </summary>
    internal static HcsException Of(string function, string? systemId, IOException cause) =>
        new(function, cause.HResult, systemId, inner: cause);
}
