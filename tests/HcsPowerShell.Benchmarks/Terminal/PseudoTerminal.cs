using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Benchmarks.Terminal;

/// <summary>A program at a terminal of its own.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 0x2;
    private const int NoControl = 0x100;
    private const int CloseOnExec = 0x80000;
    private const nuint SetWindowSize = 0x5414;

    // PowerShell asks for the place of the cursor and waits for the answer.
    private const string WhereIsTheCursor = "\e[6n";
    private const string AtTheTop = "\e[1;1R";

    // So long a program may start. One that writes nothing any more is ended, and the read fails.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly FileStream _master;

    // Open here too: until the program opens it, a read of the other end fails.
    private readonly SafeFileHandle _device;
    private readonly Process _process;
    private readonly byte[] _buffer = new byte[4096];

    public PseudoTerminal(params string[] command)
    {
        SafeFileHandle master = new(posix_openpt(ReadWrite | NoControl | CloseOnExec), ownsHandle: true);
        byte[] path = new byte[256];
        if (grantpt(master) != 0 || unlockpt(master) != 0 || ptsname_r(master, path, path.Length) != 0
            || ioctl(master, SetWindowSize, [40, 120, 0, 0]) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        _master = new FileStream(master, FileAccess.ReadWrite, bufferSize: 0);
        _device = new SafeFileHandle(open(path, ReadWrite | NoControl | CloseOnExec), ownsHandle: true);
        string device = Encoding.UTF8.GetString(path, 0, Array.IndexOf(path, (byte)0));
        _process = Process.Start(
            "/bin/sh", ["-c", """exec setsid --ctty "$@" <"$0" >"$0" 2>&1""", device, .. command]);
    }

    /// <summary>Types keys, and reads until a text has come.</summary>
    public void Type(string keys, string then)
    {
        using Timer watch = new(_ => End(), null, s_patience, Timeout.InfiniteTimeSpan);
        _master.Write(Encoding.ASCII.GetBytes(keys));
        for (string read = string.Empty; !read.Contains(then, StringComparison.Ordinal);)
        {
            int count = _master.Read(_buffer);
            read += Encoding.Latin1.GetString(_buffer, 0, count);
            if (read.Contains(WhereIsTheCursor, StringComparison.Ordinal))
            {
                read = read.Replace(WhereIsTheCursor, string.Empty, StringComparison.Ordinal);
                _master.Write(Encoding.ASCII.GetBytes(AtTheTop));
            }
        }
    }

    public void Dispose()
    {
        End();
        _process.WaitForExit();
        _master.Dispose();
        _process.Dispose();
    }

    private void End()
    {
        _process.Kill();
        _device.Dispose();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(SafeFileHandle master);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(SafeFileHandle master);

    [DllImport("libc", SetLastError = true)]
    private static extern int ptsname_r(SafeFileHandle master, byte[] path, nint size);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(SafeFileHandle master, nuint request, ushort[] size);
}
