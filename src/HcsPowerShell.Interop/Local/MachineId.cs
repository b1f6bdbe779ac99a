using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.Advapi32;

namespace HcsPowerShell.Interop.Local;

/// <summary>
/// The id that a machine gets when its operating system is installed: MachineGuid in the registry of Windows, elsewhere
/// the file machine-id. Every process of the machine reads the same id.
/// </summary>
/// <remarks>Machines that were copied without Sysprep share one id.</remarks>
internal static class MachineId
{
    private const uint BytesOfValue = 256;

    /// <summary>Reads the id; null when there is none, or when this process may not read it.</summary>
    public static Guid? Read()
    {
        string? text = Environment.OSVersion.Platform == PlatformID.Win32NT
            ? FromRegistry()
            : FromFile("/etc/machine-id") ?? FromFile("/var/lib/dbus/machine-id");
        return Guid.TryParse(text, out Guid id) && id != Guid.Empty ? id : null;
    }

    private static string? FromRegistry()
    {
        uint size = BytesOfValue;
        IntPtr text = Marshal.AllocHGlobal((int)size);
        try
        {
            int status = RegGetValueW(
                HKEY_LOCAL_MACHINE,
                @"SOFTWARE\Microsoft\Cryptography",
                "MachineGuid",
                RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY,
                out _,
                text,
                ref size);
            return status == 0 ? Marshal.PtrToStringUni(text) : null;
        }
        finally
        {
            Marshal.FreeHGlobal(text);
        }
    }

    private static string? FromFile(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
