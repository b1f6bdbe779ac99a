using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Errors;
using HcsPowerShell.Terminal.Native;

namespace HcsPowerShell.Terminal;

/// <summary>The terminal on Unix: standard input and output are one device with modes.</summary>
internal sealed class UnixTerminal : ITerminal
{
    private readonly object _gate = new();
    private readonly byte[] _modes = new byte[Libc.TermiosSize];
    private readonly int[] _wakeUp = new int[2];
    private readonly Stream _output;
    private IDisposable? _termination;
    private bool _isRaw;

    /// <exception cref="NoTerminalException">Standard input is not a terminal.</exception>
    public UnixTerminal()
    {
        // The runtime saves the modes when it first uses its console, and restores them at the end of the process. It
        // must not save the raw modes.
        Console.Out.Flush();
        if (Libc.tcgetattr(Libc.StandardInput, _modes) != 0)
        {
            throw new NoTerminalException();
        }

        if (Libc.pipe2(_wakeUp, Libc.O_CLOEXEC) != 0)
        {
            throw Failure();
        }

        _output = Console.OpenStandardOutput();
    }

    public TerminalSize? Size =>
        Libc.ioctl(Libc.StandardOutput, Libc.TIOCGWINSZ, out Libc.WindowSize size) == 0 && size is { Rows: > 0, Columns: > 0 }
            ? new TerminalSize(size.Columns, size.Rows)
            : null;

    public void MakeRaw()
    {
        byte[] raw = (byte[])_modes.Clone();
        Libc.cfmakeraw(raw);
        AppDomain.CurrentDomain.ProcessExit += Restore;
        _termination = TerminationRequest.Register(() => Restore(this, EventArgs.Empty));
        lock (_gate)
        {
            SetModes(raw);
            _isRaw = true;
        }
    }

    public int Read(byte[] buffer)
    {
        Libc.PollDescriptor[] watched =
        [
            new() { Descriptor = _wakeUp[0], Events = Libc.POLLIN },
            new() { Descriptor = Libc.StandardInput, Events = Libc.POLLIN },
        ];
        while (true)
        {
            if (Libc.poll(watched, (nuint)watched.Length, -1) < 0)
            {
                if (Marshal.GetLastWin32Error() == Libc.EINTR)
                {
                    continue;
                }

                throw Failure();
            }

            if (watched[0].ReturnedEvents != 0)
            {
                return 0;
            }

            nint count = Libc.read(Libc.StandardInput, buffer, buffer.Length);
            if (count >= 0 || Marshal.GetLastWin32Error() is not (Libc.EINTR or Libc.EAGAIN))
            {
                return (int)Math.Max(count, 0);
            }
        }
    }

    public void EndReading() => _ = Libc.write(_wakeUp[1], [0], 1);

    public void Write(byte[] buffer, int count) => _output.Write(buffer, 0, count);

    public void Dispose()
    {
        Restore(this, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        _termination?.Dispose();
        _output.Dispose();
        foreach (int end in _wakeUp)
        {
            _ = Libc.close(end);
        }
    }

    private void Restore(object? sender, EventArgs e)
    {
        lock (_gate)
        {
            if (_isRaw)
            {
                _isRaw = false;
                SetModes(_modes);
            }
        }
    }

    private static void SetModes(byte[] modes)
    {
        while (Libc.tcsetattr(Libc.StandardInput, Libc.TCSANOW, modes) != 0)
        {
            if (Marshal.GetLastWin32Error() != Libc.EINTR)
            {
                // The terminal is gone, and its modes with it. Reads and writes report that.
                return;
            }
        }
    }

    private static Win32Exception Failure() => new(Marshal.GetLastWin32Error());
}
