using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Microsoft.Win32.SafeHandles;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Terminal;

/// <summary>
/// PowerShell at a terminal of Linux. Like a terminal, it answers a query for the position of the cursor, which the
/// line editor of PowerShell sends before it draws.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    public const string CtrlC = "\x03";

    private const string WhereIsTheCursor = "\e[6n";
    private const string AtTheTop = "\e[1;1R";
    private const string SetSession = "/usr/bin/setsid";

    private readonly TimeSpan _limit;
    private readonly FileStream _master;

    // Linux restores the initial modes of a terminal when the last process that has this end open closes it.
    private readonly SafeFileHandle _device;
    private readonly Process _process;
    private readonly StringBuilder _read = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[4096];
    private Task<int>? _reading;

    public PseudoTerminal(PwshStart start, ushort width, ushort height)
        : this((start with { IsInteractive = true }).ToProcess(), start.Limit, width, height)
    {
    }

    /// <summary>Runs a command of the SDK, which may start PowerShell.</summary>
    public PseudoTerminal(string[] arguments, ushort width, ushort height)
        : this(new ProcessStartInfo(DotNet.Program, arguments), TimeSpan.FromMinutes(2), width, height)
    {
    }

    private PseudoTerminal(ProcessStartInfo program, TimeSpan limit, ushort width, ushort height)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The terminal of this test is one of Linux.");
        Assert.SkipUnless(File.Exists(SetSession), "Needs the package util-linux.");
        _limit = limit;
        const int ReadWrite = 0x2;
        const int NoControl = 0x100;
        const int CloseOnExec = 0x80000;
        var master = new SafeFileHandle(posix_openpt(ReadWrite | NoControl | CloseOnExec), ownsHandle: true);
        byte[] path = new byte[256];
        Check(grantpt(master) == 0 && unlockpt(master) == 0 && ptsname_r(master, path, path.Length) == 0);
        _master = new FileStream(master, FileAccess.ReadWrite, bufferSize: 0);
        _device = new SafeFileHandle(open(path, ReadWrite | NoControl | CloseOnExec), ownsHandle: true);
        Check(!_device.IsInvalid);
        Resize(width, height);

        // The terminal must control the session that uses it for its streams, or Ctrl+C would not work. If the tests
        // run in the background of a script, its shell makes them ignore Ctrl+C; the command resets that.
        const string TakeTerminal = """exec env --default-signal=INT setsid --ctty "$@" <"$0" >"$0" 2>&1""";
        string device = Encoding.UTF8.GetString(path, 0, Array.IndexOf(path, (byte)0));
        string[] command = ["-c", TakeTerminal, device, program.FileName, .. program.ArgumentList];
        var start = new ProcessStartInfo("/bin/sh", command);
        start.Environment.Clear();
        foreach ((string name, string? value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>The modes of the terminal, as a text that can be compared.</summary>
    public string Modes => Convert.ToHexString(ReadModes());

    public void Resize(ushort width, ushort height)
    {
        const nuint SetWindowSize = 0x5414;
        Check(ioctl(_master.SafeFileHandle, SetWindowSize, [height, width, 0, 0]) == 0);
    }

    /// <summary>Types keys, and reads up to and including a text.</summary>
    public string Type(string keys, string then)
    {
        _master.Write(Encoding.UTF8.GetBytes(keys));
        return ReadUntil(then);
    }

    /// <summary>Reads up to and including a text, or fails.</summary>
    public string ReadUntil(string text) => TryReadUntil(text, Waits.Limit) ?? throw NotRead(text);

    /// <summary>
    /// Reads until PowerShell has written nothing for half a second. Ctrl+C discards what a terminal has answered and
    /// .NET has not read yet, and .NET would wait for the position of the cursor without end.
    /// </summary>
    public void ReadUntilQuiet()
    {
        while (Read(TimeSpan.FromMilliseconds(500)))
        {
        }
    }

    /// <summary>
    /// Waits until .NET reads a line, for which it sets no time between characters. Before that, it may query the
    /// position of the cursor.
    /// </summary>
    public void WaitUntilAsked()
    {
        const int TimeBetween = 17 + 5;
        Poll.Until(
            () =>
            {
                Read(TimeSpan.FromMilliseconds(20));
                return ReadModes()[TimeBetween] == 0;
            },
            "PowerShell reads the answer");
    }

    /// <summary>
    /// Types a key repeatedly until a text appears, for a key that PowerShell does not read at every moment.
    /// </summary>
    public string TypeUntil(string key, string then)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Waits.Limit;)
        {
            _master.Write(Encoding.UTF8.GetBytes(key));
            if (TryReadUntil(then, TimeSpan.FromSeconds(3)) is { } read)
            {
                return read;
            }
        }

        throw NotRead(then);
    }

    /// <summary>Waits for the end of the process, and returns the exit code.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(_limit), "PowerShell did not exit.");
        return _process.ExitCode;
    }

    /// <summary>Asks the process to end, as a system does that shuts down.</summary>
    public void Terminate()
    {
        const int Terminate = 15;
        Check(kill(_process.Id, Terminate) == 0);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _device.Dispose();
        _master.Dispose();
    }

    // Repeated drawing must not make a test wait longer for a text that does not appear.
    private string? TryReadUntil(string text, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        int end;
        while ((end = _read.ToString().IndexOf(text, StringComparison.Ordinal)) < 0)
        {
            if ((!Read(TimeSpan.FromSeconds(1)) && _process.HasExited) || clock.Elapsed > limit)
            {
                return null;
            }
        }

        string result = _read.ToString(0, end + text.Length);
        _read.Remove(0, result.Length);
        return result;
    }

    // False if no output came in that time.
    private bool Read(TimeSpan time)
    {
        _reading ??= Task.Run(() => _master.Read(_bytes));
        if (!_reading.Wait(time))
        {
            return false;
        }

        Take(_reading.Result);
        _reading = null;
        return true;
    }

    private XunitException NotRead(string text) => new(
        $"{(_process.HasExited ? "PowerShell has exited" : $"Not within {Waits.Limit}")}: '{text}' after: {_read}");

    private void Take(int bytes)
    {
        char[] characters = new char[_bytes.Length];
        int count = _decoder.GetChars(_bytes, 0, bytes, characters, 0);
        _read.Append(characters, 0, count);
        for (int at; (at = _read.ToString().IndexOf(WhereIsTheCursor, StringComparison.Ordinal)) >= 0;)
        {
            _read.Remove(at, WhereIsTheCursor.Length);
            _master.Write(Encoding.ASCII.GetBytes(AtTheTop));
        }
    }

    private byte[] ReadModes()
    {
        byte[] modes = new byte[128];
        Check(tcgetattr(_master.SafeFileHandle, modes) == 0);
        return modes;
    }

    private static void Check(bool succeeded) => Assert.True(succeeded, Marshal.GetLastPInvokeErrorMessage());

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(SafeFileHandle master);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(SafeFileHandle master);

    [DllImport("libc")]
    private static extern int ptsname_r(SafeFileHandle master, byte[] path, nint size);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(SafeFileHandle master, nuint request, ushort[] size);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcgetattr(SafeFileHandle master, byte[] modes);

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int processId, int signal);
}
