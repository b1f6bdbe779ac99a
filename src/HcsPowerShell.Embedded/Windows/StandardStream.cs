using System;
using System.ComponentModel;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// One standard stream of a process about to start: the end it inherits and, if requested, the end of this host.
/// </summary>
/// <remarks>Disposing it closes the inherited end, and the end of this host unless the caller took it.</remarks>
internal sealed class StandardStream : IDisposable
{
    // As large as the pipe of a shell: writers seldom wait, and the memory per process stays small.
    private const int BufferSize = 64 * 1024;

    private Stream? _ours;

    private StandardStream(Stream? ours, SafeFileHandle inherited)
    {
        _ours = ours;
        Inherited = inherited;
    }

    /// <summary>The inheritable end, opened for synchronous use as programs expect it.</summary>
    public SafeFileHandle Inherited { get; }

    /// <summary>Creates standard input: a pipe this host writes to, or an empty stream.</summary>
    public static StandardStream Input(bool piped) =>
        piped
            ? Pipe(PipeDirection.Out, Kernel32.GENERIC_READ | Kernel32.FILE_WRITE_ATTRIBUTES, pipe => pipe)
            : new StandardStream(null, Open("NUL", Kernel32.GENERIC_READ, Kernel32.FILE_SHARE_READ));

    /// <summary>
    /// Creates standard output or error: a pipe this host reads from, or a stream that discards the output.
    /// </summary>
    public static StandardStream Output(bool piped) =>
        piped
            ? Pipe(
                PipeDirection.In,
                Kernel32.GENERIC_WRITE | Kernel32.FILE_READ_ATTRIBUTES,
                pipe => new PipeOutputStream(pipe))
            : new StandardStream(null, Open("NUL", Kernel32.GENERIC_WRITE, Kernel32.FILE_SHARE_WRITE));

    /// <summary>Hands over the end of this host; null when no pipe was requested.</summary>
    public Stream? Take()
    {
        Stream? ours = _ours;
        _ours = null;
        return ours;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inherited.Dispose();
        _ours?.Dispose();
    }

    // A named pipe, because an anonymous pipe has no asynchronous end. The name is secret while it matters, and this
    // process connects to the only instance at once.
    private static StandardStream Pipe(
        PipeDirection direction, uint access, Func<NamedPipeServerStream, Stream> wrap)
    {
        string name = "HcsPowerShell." + Guid.NewGuid().ToString("N");
        NamedPipeServerStream server = new(
            name,
            direction,
            maxNumberOfServerInstances: 1,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous,
            inBufferSize: BufferSize,
            outBufferSize: BufferSize);
        SafeFileHandle? inherited = null;
        try
        {
            inherited = Open(@"\\.\pipe\" + name, access, 0);
            server.WaitForConnection();
            return new StandardStream(wrap(server), inherited);
        }
        catch
        {
            inherited?.Dispose();
            server.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Open(string name, uint access, uint share)
    {
        Kernel32.SECURITY_ATTRIBUTES inheritable = new()
        {
            nLength = Marshal.SizeOf<Kernel32.SECURITY_ATTRIBUTES>(),
            bInheritHandle = 1,
        };
        SafeFileHandle file = Kernel32.CreateFileW(
            name, access, share, inheritable, Kernel32.OPEN_EXISTING, 0, IntPtr.Zero);
        return file.IsInvalid ? throw new Win32Exception() : file;
    }
}
