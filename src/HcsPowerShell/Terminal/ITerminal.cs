using System;

namespace HcsPowerShell.Terminal;

/// <summary>The terminal of this PowerShell process. Dispose restores its earlier modes.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>The current size; null when the terminal does not report it.</summary>
    TerminalSize? Size { get; }

    /// <summary>
    /// Makes the terminal raw: each key is read as the bytes that a terminal sends for it, also Ctrl+C, and output is
    /// shown unchanged. The end of this process, other than by SIGKILL, also restores the earlier modes.
    /// </summary>
    void MakeRaw();

    /// <summary>Waits for typed input.</summary>
    /// <returns>The number of bytes read; 0 when the terminal is gone, or after <see cref="EndReading"/>.</returns>
    int Read(byte[] buffer);

    /// <summary>Ends a pending read and every later one; later input stays for other readers.</summary>
    void EndReading();

    void Write(byte[] buffer, int count);
}

/// <summary>The size of a terminal in characters.</summary>
internal readonly record struct TerminalSize(ushort Width, ushort Height);
