using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

/// <summary>Finds the path that remains when every link in a path is followed.</summary>
internal static class FinalPath
{
    private const string DevicePrefix = @"\\.\";
    private const string LongPrefix = @"\\?\";
    private const string LongNetworkPrefix = @"\\?\UNC\";

    // The length of the longest path of Windows.
    private const int Characters = 32768;

    /// <summary>
    /// Returns the final path, or the path unchanged when it does not exist, is relative, or names a device. The call
    /// may have to ask another machine.
    /// </summary>
    internal static string Of(string path)
    {
        if (!Path.IsPathRooted(path) || path.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            return path;
        }

        using SafeFileHandle file = CreateFileW(
            LongPath.Of(path), 0, FILE_SHARE_ALL, default, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, default);
        return file.IsInvalid ? path : Of(file) ?? path;
    }

    private static string? Of(SafeFileHandle file)
    {
        IntPtr text = Marshal.AllocHGlobal(Characters * sizeof(char));
        try
        {
            uint length = GetFinalPathNameByHandleW(file, text, Characters, 0);
            return length is 0 or >= Characters ? null : Short(Marshal.PtrToStringUni(text, (int)length));
        }
        finally
        {
            Marshal.FreeHGlobal(text);
        }
    }

    /// <summary>Returns the path in its usual form: with a drive, or with a server and a share.</summary>
    internal static string Short(string path) =>
        path.StartsWith(LongNetworkPrefix, StringComparison.OrdinalIgnoreCase)
            ? @"\\" + path.Substring(LongNetworkPrefix.Length)
        : path.StartsWith(LongPrefix, StringComparison.Ordinal) && path.IndexOf(':') == LongPrefix.Length + 1
            ? path.Substring(LongPrefix.Length)
        : path;
}
