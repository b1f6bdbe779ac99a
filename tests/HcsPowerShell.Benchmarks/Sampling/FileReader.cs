using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Reads files with the fewest calls: open, read to the end, close.</summary>
/// <remarks>
/// The module opens the files of the control group once per container; a caller that takes one sample cannot do that.
/// </remarks>
internal sealed class FileReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <param name="path">The path of the file, terminated by a zero byte.</param>
    /// <returns>The number of bytes read.</returns>
    public nint Read(byte[] path)
    {
        int descriptor = open(path, 0);
        if (descriptor < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), Encoding.UTF8.GetString(path));
        }

        nint total = 0;
        for (nint length = read(descriptor, _buffer, _buffer.Length);
             length > 0;
             length = read(descriptor, _buffer, _buffer.Length))
        {
            total += length;
        }

        _ = close(descriptor);
        return total;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern nint read(int descriptor, byte[] buffer, nint length);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
