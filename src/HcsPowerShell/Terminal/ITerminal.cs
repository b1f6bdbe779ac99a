using System;

namespace HcsPowerShell.Terminal;

/// <summary>The terminal this PowerShell runs in. Disposing it gives it back the modes it had.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>Size now; null when the terminal does not tell.</summary>
    TerminalSize? Size { get; }

    /// <summary>
    /// From now on every key comes as the bytes a terminal sends for it, Ctrl+C included, and what is written is shown
    /// as it is. The end of this process, other than by SIGKILL, undoes it too.
    /// </summary>
    void MakeRaw();

    /// <summary>Waits for what is typed.</summary>
    /// <returns>Bytes read; 0 when the terminal has gone, or after <see cref="EndReading"/>.</returns>
    int Read(byte[] buffer);

    /// <summary>Lets a pending and every later read go; what is typed then stays for others.</summary>
    void EndReading();

    void Write(byte[] buffer, int count);
}

/// <summary>Size of a terminal in characters.</summary>
internal readonly record struct TerminalSize(ushort Width, ushort Height);
