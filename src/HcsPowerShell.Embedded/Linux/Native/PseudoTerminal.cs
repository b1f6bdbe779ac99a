using System;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>The host side of a pseudo terminal: its master, which never blocks and closes on exec.</summary>
/// <remarks>
/// When the last descriptor of the master closes, the terminal hangs up: its processes get SIGHUP.
/// </remarks>
internal sealed class PseudoTerminal : IDisposable
{
    private const int LongestPath = 4096;

    /// <param name="master">Owned from now on.</param>
    /// <exception cref="HcsException">The descriptor cannot be used.</exception>
    public PseudoTerminal(FileDescriptor master)
    {
        Master = master;
        Check(Libc.fcntl(master, Libc.F_SETFL, Libc.O_NONBLOCK) == 0);
        EraseByCharacter();
    }

    public FileDescriptor Master { get; }

    /// <summary>Opens a new pseudo terminal, with the modes Linux gives a terminal, for UTF-8.</summary>
    /// <exception cref="HcsException">The system has none left.</exception>
    public static PseudoTerminal Open()
    {
        int number = Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        Check(number >= 0);
        FileDescriptor master = new(number);
        try
        {
            Check(Libc.grantpt(master) == 0);
            Check(Libc.unlockpt(master) == 0);
            return new PseudoTerminal(master);
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets the path of the other end. A session leader without a terminal that opens it makes it its own.
    /// </summary>
    /// <exception cref="HcsException">The other end has no path in this mount namespace.</exception>
    public string GetPath()
    {
        byte[] path = new byte[LongestPath];
        int errno = Libc.ptsname_r(Master, path, path.Length);
        return errno == 0
            ? Encoding.UTF8.GetString(path, 0, Array.IndexOf(path, (byte)0))
            : throw SpawnError.From(errno);
    }

    /// <summary>Duplicates the descriptor of the master; the caller owns the duplicate.</summary>
    public FileDescriptor Duplicate()
    {
        int number = Libc.fcntl(Master, Libc.F_DUPFD_CLOEXEC, 0);
        Check(number >= 0);
        return new FileDescriptor(number);
    }

    /// <summary>Sets the size in characters; the processes in the foreground get SIGWINCH when it changes.</summary>
    public void Resize(ushort width, ushort height) =>
        Check(Libc.ioctl(Master, Libc.TIOCSWINSZ, new Libc.WindowSize { Rows = height, Columns = width }) == 0);

    /// <summary>Gets the character that ends the input; null in raw mode, where input has no end.</summary>
    public byte? GetEndOfFile() =>
        Libc.tcgetattr(Master, out Libc.Termios modes) == 0 && (modes.LocalModes & Libc.ICANON) != 0
            ? modes.EndOfFile
            : null;

    public void Dispose() => Master.Dispose();

    private void EraseByCharacter()
    {
        Check(Libc.tcgetattr(Master, out Libc.Termios modes) == 0);
        modes.InputModes |= Libc.IUTF8;
        Check(Libc.tcsetattr(Master, Libc.TCSANOW, modes) == 0);
    }

    private static void Check(bool succeeded)
    {
        if (!succeeded)
        {
            throw SpawnError.From(Marshal.GetLastWin32Error());
        }
    }
}
