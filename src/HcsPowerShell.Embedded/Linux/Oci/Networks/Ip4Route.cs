using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A route of a container.</summary>
/// <param name="Destination">Its destinations.</param>
/// <param name="NextHop">Address of the next router.</param>
/// <param name="Metric">Its metric; null leaves it to the kernel.</param>
internal sealed record Ip4Route(Ip4Prefix Destination, uint NextHop, ushort? Metric)
{
    /// <summary>The destination of a default route.</summary>
    public const string Everywhere = "0.0.0.0/0";

    public bool IsDefault => Destination.Length == 0;

    /// <summary>Reads a route of a document.</summary>
    /// <exception cref="HcsException">It is no route of IPv4.</exception>
    public static Ip4Route Read(string function, HostComputeRoute route)
    {
        if (Ip4Address.IsIp6(route.DestinationPrefix) || Ip4Address.IsIp6(route.NextHop))
        {
            throw Refusal.NotSupported(
                null, function, $"Routes: isolation Oci has no IPv6, and the route to '{route.DestinationPrefix}' is of IPv6.");
        }

        Ip4Prefix destination = Ip4Prefix.Read(route.DestinationPrefix) ?? throw Refusal.Refused(
            function, HResult.InvalidPrefix, $"DestinationPrefix: '{route.DestinationPrefix}' is no prefix of IPv4.");
        uint next = Ip4Address.Read(route.NextHop) ?? throw Refusal.Refused(
            function, HResult.InvalidIp, $"NextHop: '{route.NextHop}' is no address of IPv4.");
        return new Ip4Route(destination, next, route.Metric);
    }
}
