using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A socket on which another process sends a file descriptor.</summary>
internal sealed class DescriptorSocket : IDisposable
{
    // struct sockaddr_un: the family in two bytes, then the path.
    private const int PathOffset = 2;
    private const int AddressSize = 110;

    // struct cmsghdr of 64-bit Linux: length, level, type; then the descriptor.
    private const int DescriptorOffset = 16;
    private const int ControlSize = 24;

    private const int MessageSize = 4096;

    private readonly FileDescriptor _listener;

    private DescriptorSocket(FileDescriptor listener, string path)
    {
        _listener = listener;
        Path = path;
    }

    public string Path { get; }

    /// <param name="path">At most 107 bytes; must not exist.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static DescriptorSocket Listen(string path)
    {
        FileDescriptor listener = Take(Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0));
        byte[] address = new byte[AddressSize];
        address[0] = Libc.AF_UNIX;
        Encoding.UTF8.GetBytes(path, 0, path.Length, address, PathOffset);
        if (Libc.bind(listener, address, AddressSize) != 0 || Libc.listen(listener, 1) != 0)
        {
            IOException failure = Failure();
            listener.Dispose();
            throw failure;
        }

        return new DescriptorSocket(listener, path);
    }

    /// <summary>Receives the descriptor. Call it only when the other process is known to have sent one.</summary>
    /// <exception cref="IOException">The message carries no descriptor.</exception>
    public FileDescriptor Receive()
    {
        using FileDescriptor connection = Take(Libc.accept4(_listener, 0, 0, Libc.SOCK_CLOEXEC));
        nint memory = Marshal.AllocHGlobal(MessageSize + ControlSize + Marshal.SizeOf<Libc.IoVector>());
        try
        {
            nint control = memory + MessageSize;
            nint vector = control + ControlSize;
            Marshal.StructureToPtr(new Libc.IoVector { Base = memory, Length = MessageSize }, vector, fDeleteOld: false);
            Libc.MessageHeader message = new()
            {
                Vectors = vector,
                VectorCount = 1,
                Control = control,
                ControlLength = ControlSize,
            };
            return Libc.recvmsg(connection, ref message, Libc.MSG_CMSG_CLOEXEC) > 0 && message.ControlLength > DescriptorOffset
                ? new FileDescriptor(Marshal.ReadInt32(control, DescriptorOffset))
                : throw Failure();
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(Path);
    }

    private static FileDescriptor Take(int number) => number >= 0 ? new FileDescriptor(number) : throw Failure();

    private static IOException Failure() => new KernelException("No descriptor was handed over", Marshal.GetLastWin32Error());
}
