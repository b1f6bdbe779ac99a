using System.Text;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Symbolic links.</summary>
internal static class Symlink
{
    private const int LongestPath = 4096;

    /// <summary>Gets the target of a link; null when the path is not a link.</summary>
    public static string? Read(string path)
    {
        byte[] target = new byte[LongestPath];
        nint length = Libc.readlink(CString.From(path), target, target.Length);
        return length < 0 ? null : Encoding.UTF8.GetString(target, 0, (int)length);
    }
}
