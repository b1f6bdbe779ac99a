using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// Keeps a mapped port from all other programs, and from the other hosts, by a socket that is bound and does not listen.
/// </summary>
/// <remarks>The sockets of .NET share a port that nobody listens on, so this is one of the kernel's.</remarks>
internal sealed class PortReservation : IDisposable
{
    private const int AddressLength = 16;
    private const int PortAt = 2;
    private const int AddressAt = 4;

    private readonly FileDescriptor _socket;

    private PortReservation(FileDescriptor socket, PortMapping mapping)
    {
        _socket = socket;
        Mapping = mapping;
    }

    /// <summary>The mapping, with the port that was chosen.</summary>
    public PortMapping Mapping { get; }

    /// <summary>Takes the port; null when another program, or another endpoint, has it.</summary>
    /// <exception cref="HcsException">This machine has no such address, or refuses.</exception>
    public static PortReservation? TryTake(string function, PortMapping mapping)
    {
        int kind = mapping.Protocol == NetworkProtocol.TCP ? Libc.SOCK_STREAM : Libc.SOCK_DGRAM;
        int number = Libc.socket(Libc.AF_INET, kind | Libc.SOCK_CLOEXEC, 0);
        FileDescriptor socket = number >= 0
            ? new FileDescriptor(number).OutOfTheWay()
            : throw SpawnError.From(Marshal.GetLastWin32Error());
        if (Libc.bind(socket, NativeAddress(mapping), AddressLength) == 0)
        {
            return new PortReservation(socket, mapping with { ExternalPort = PortOf(socket) });
        }

        int errno = Marshal.GetLastWin32Error();
        socket.Dispose();
        return errno switch
        {
            Errno.EADDRINUSE => null,
            Errno.EADDRNOTAVAIL => throw Refusal.Refused(
                function, HResult.InvalidIp, $"VIP: '{Ip4Address.Write(mapping.Address ?? 0)}' is no address of this machine."),
            _ => throw Refusal.OfHost(
                null, function, "PortMapping", new KernelException($"Port {mapping.Shown} cannot be reserved", errno)),
        };
    }

    public void Dispose() => _socket.Dispose();

    // struct sockaddr_in: family in the order of this machine, port and address in the order of the network.
    private static byte[] NativeAddress(PortMapping mapping)
    {
        byte[] native = new byte[AddressLength];
        BitConverter.GetBytes((ushort)Libc.AF_INET).CopyTo(native, 0);
        native[PortAt] = (byte)(mapping.ExternalPort >> 8);
        native[PortAt + 1] = (byte)(mapping.ExternalPort & 0xFF);
        Ip4Address.Bytes(mapping.Address ?? 0).CopyTo(native, AddressAt);
        return native;
    }

    private static ushort PortOf(FileDescriptor socket)
    {
        byte[] native = new byte[AddressLength];
        uint length = AddressLength;
        return Libc.getsockname(socket, native, ref length) == 0
            ? (ushort)((native[PortAt] << 8) | native[PortAt + 1])
            : throw SpawnError.From(Marshal.GetLastWin32Error());
    }
}
