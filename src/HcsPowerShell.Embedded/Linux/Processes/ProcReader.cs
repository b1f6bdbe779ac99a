using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Reads files below /proc into a reused buffer; for one thread at a time.</summary>
internal sealed class ProcReader
{
    private byte[] _buffer = new byte[4096];

    /// <summary>Reads /proc/PROCESS/FILE. The next call overwrites the returned content.</summary>
    /// <returns>False when the process has gone or the file may not be read.</returns>
    public bool TryRead(int process, string file, out ReadOnlySpan<byte> content) =>
        TryRead($"/proc/{process}/{file}", out content);

    /// <summary>Reads a whole file, as <see cref="TryRead(int, string, out ReadOnlySpan{byte})"/>.</summary>
    public bool TryRead(string path, out ReadOnlySpan<byte> content)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_RDONLY | Libc.O_CLOEXEC));
        content = default;
        return !file.IsInvalid && TryRead(file, out content);
    }

    /// <summary>Reads a file that is open, from its beginning each time.</summary>
    public bool TryRead(FileDescriptor file, out ReadOnlySpan<byte> content)
    {
        int length = 0;
        nint read;
        while ((read = Read(file, length)) > 0)
        {
            length += (int)read;
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * length);
            }
        }

        content = _buffer.AsSpan(0, length);
        return read == 0;
    }

    /// <summary>Reads an open file of one short line: the kernel returns it whole, so one call is enough.</summary>
    public bool TryReadLine(FileDescriptor file, out ReadOnlySpan<byte> line)
    {
        nint read = Read(file, 0);
        line = _buffer.AsSpan(0, (int)Math.Max(0, read));
        return read >= 0;
    }

    private nint Read(FileDescriptor file, int offset)
    {
        nint read;
        do
        {
            read = Libc.pread(file, ref _buffer[offset], _buffer.Length - offset, offset);
        }
        while (read < 0 && Marshal.GetLastWin32Error() == Errno.EINTR);

        return read;
    }
}
