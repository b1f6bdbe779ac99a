using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// A registry that takes calls and never answers, so that an import is in the middle as long as a test wants.
/// </summary>
internal sealed class SilentRegistry : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket? _called;

    public SilentRegistry() => _listener.Start();

    /// <summary>A reference to an image of it.</summary>
    public string Reference => $"{_listener.LocalEndpoint}/image:1";

    /// <summary>
    /// Waits until it is called without encryption: skopeo waits for an encrypted answer ten seconds only.
    /// </summary>
    public async Task CalledAsync()
    {
        const byte Handshake = 0x16;
        byte[] first = [Handshake];
        while (first[0] == Handshake)
        {
            _called?.Dispose();
            _called = await _listener.AcceptSocketAsync().Within();
            await _called.ReceiveAsync(first, SocketFlags.None).Within();
        }
    }

    public void Dispose()
    {
        _called?.Dispose();
        _listener.Dispose();
    }
}
