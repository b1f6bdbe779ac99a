using System.Text;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Converts strings for the C library.</summary>
internal static class CString
{
    /// <summary>Encodes a string as UTF-8, ending in a zero byte.</summary>
    public static byte[] From(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 0);
        return bytes;
    }
}
