using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.Native;

/// <summary>Where a path leads when every link in it is followed.</summary>
internal static class FinalPath
{
    private const string DevicePrefix = @"\.\";
    private const string LongPrefix = @"\?\";
    private const string LongNetworkPrefix = @"\?\UNC\";

    // The longest path of Windows.
    private const int Characters = 32768;

    /// <summary>The path as it is where it leads nowhere, is relative, or names a device. It may have to ask another machine.
    /// </summary>
    internal static string Of(string path)
    {
        if (!Path.IsPathRooted(path) || path.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            return path;
        }

        using SafeFileHandle file = CreateFileW(
            path, 0, FILE_SHARE_ALL, default, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, default);
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

    /// <summary>As people write it: with a drive, or a server and a share.</summary>
    private static string Short(string path) =>
        path.StartsWith(LongNetworkPrefix, StringComparison.OrdinalIgnoreCase)
            ? @"\" + path.Substring(LongNetworkPrefix.Length)
        : path.StartsWith(LongPrefix, StringComparison.Ordinal) && path.IndexOf(':') == LongPrefix.Length + 1
            ? path.Substring(LongPrefix.Length)
        : path;
}
