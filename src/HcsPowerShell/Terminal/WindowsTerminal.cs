using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading;
using HcsPowerShell.Errors;
using HcsPowerShell.Terminal.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Terminal;

/// <summary>The terminal on Windows: a console with modes for input and for output, and a code page.</summary>
/// <remarks>
/// Needs Windows 10 1511, the first release whose console supports the control sequences of terminals.
/// </remarks>
internal sealed class WindowsTerminal : ITerminal
{
    private const uint CookedInput = Kernel32.ENABLE_PROCESSED_INPUT | Kernel32.ENABLE_LINE_INPUT
        | Kernel32.ENABLE_ECHO_INPUT | Kernel32.ENABLE_MOUSE_INPUT;

    private const uint RawOutput = Kernel32.ENABLE_PROCESSED_OUTPUT | Kernel32.ENABLE_VIRTUAL_TERMINAL_PROCESSING
        | Kernel32.DISABLE_NEWLINE_AUTO_RETURN;

    private readonly object _gate = new();
    private readonly SafeFileHandle _input = Standard(Kernel32.STD_INPUT_HANDLE);
    private readonly SafeFileHandle _output = Standard(Kernel32.STD_OUTPUT_HANDLE);
    private readonly ManualResetEvent _ended = new(initialState: false);
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly Kernel32.INPUT_RECORD[] _records = new Kernel32.INPUT_RECORD[64];
    private readonly Queue<byte> _unread = new();
    private readonly Stream _stream;
    private readonly uint _inputMode;
    private readonly uint _outputMode;
    private readonly uint _codePage = Kernel32.GetConsoleOutputCP();
    private bool _isRaw;

    /// <exception cref="NoTerminalException">Standard input or output is not a console.</exception>
    public WindowsTerminal()
    {
        if (!Kernel32.GetConsoleMode(_input, out _inputMode) || !Kernel32.GetConsoleMode(_output, out _outputMode))
        {
            _ended.Dispose();
            throw new NoTerminalException();
        }

        _stream = Console.OpenStandardOutput();
    }

    public TerminalSize? Size =>
        Kernel32.GetConsoleScreenBufferInfo(_output, out Kernel32.CONSOLE_SCREEN_BUFFER_INFO info)
            ? new TerminalSize(
                (ushort)(info.WindowRight - info.WindowLeft + 1), (ushort)(info.WindowBottom - info.WindowTop + 1))
            : null;

    public void MakeRaw()
    {
        AppDomain.CurrentDomain.ProcessExit += Restore;
        lock (_gate)
        {
            _isRaw = true;
            Check(Kernel32.SetConsoleMode(_input, (_inputMode & ~CookedInput) | Kernel32.ENABLE_VIRTUAL_TERMINAL_INPUT));
            Check(Kernel32.SetConsoleMode(_output, _outputMode | RawOutput));
            Check(Kernel32.SetConsoleOutputCP(Kernel32.CP_UTF8));
        }
    }

    public int Read(byte[] buffer)
    {
        // The console also signals events without characters: the release of keys, and events that are not from the
        // keyboard.
        while (_unread.Count == 0)
        {
            nint[] handles = [_ended.SafeWaitHandle.DangerousGetHandle(), _input.DangerousGetHandle()];
            if (Kernel32.WaitForMultipleObjects((uint)handles.Length, handles, false, Kernel32.INFINITE)
                    != Kernel32.WAIT_OBJECT_0 + 1
                || !Kernel32.ReadConsoleInputW(_input, _records, (uint)_records.Length, out uint count))
            {
                return 0;
            }

            Take(count);
        }

        int length = Math.Min(buffer.Length, _unread.Count);
        for (int i = 0; i < length; i++)
        {
            buffer[i] = _unread.Dequeue();
        }

        return length;
    }

    public void EndReading() => _ended.Set();

    public void Write(byte[] buffer, int count) => _stream.Write(buffer, 0, count);

    public void Dispose()
    {
        Restore(this, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        _stream.Dispose();
        _ended.Dispose();
    }

    private void Take(uint count)
    {
        var typed = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            Kernel32.INPUT_RECORD record = _records[i];

            // A character that the user enters by its number comes with the release of Alt.
            bool says = record.KeyDown != 0 || record.VirtualKeyCode == Kernel32.VK_MENU;
            if (record.EventType == Kernel32.KEY_EVENT && says && record.UnicodeChar != 0)
            {
                typed.Append((char)record.UnicodeChar, Math.Max((int)record.RepeatCount, 1));
            }
        }

        char[] characters = typed.ToString().ToCharArray();
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(characters.Length)];
        int length = _encoder.GetBytes(characters, 0, characters.Length, bytes, 0, flush: false);
        for (int i = 0; i < length; i++)
        {
            _unread.Enqueue(bytes[i]);
        }
    }

    private void Restore(object? sender, EventArgs e)
    {
        lock (_gate)
        {
            if (_isRaw)
            {
                _isRaw = false;
                _ = Kernel32.SetConsoleMode(_input, _inputMode);
                _ = Kernel32.SetConsoleMode(_output, _outputMode);
                _ = Kernel32.SetConsoleOutputCP(_codePage);
            }
        }
    }

    private static SafeFileHandle Standard(int number) => new(Kernel32.GetStdHandle(number), ownsHandle: false);

    private static void Check(bool succeeded)
    {
        if (!succeeded)
        {
            throw new Win32Exception();
        }
    }
}
