using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace HcsPowerShell.Benchmarks.Sampling;

/// <summary>Reads files as barely as can be: open, read to the end, close.</summary>
/// <remarks>The module opens those of the control group once for a container; who comes for one sample cannot.</remarks>
internal sealed class FileReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <param name="path">Path of the file, ended by a zero.</param>
    /// <returns>Bytes read.</returns>
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
