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

    /// <summary>Waits until it is called.</summary>
    public async Task CalledAsync() => _called = await _listener.AcceptSocketAsync().Within();

    public void Dispose()
    {
        _called?.Dispose();
        _listener.Dispose();
    }
}
