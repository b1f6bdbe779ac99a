using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Networks;

/// <summary>Measures the life of an endpoint with one mapped port, by the commands and by ip and nft.</summary>
internal static class NetworkBenchmark
{
    private const int WarmUps = 5;
    private const double Target = 1.25;

    /// <param name="session">The session in which the commands run.</param>
    /// <param name="rounds">The number of endpoints of each kind.</param>
    public static IReadOnlyList<Comparison> Run(ModuleSession session, int rounds)
    {
        Comparison endpoint = new("endpoint with a port: made, connected, removed", Target);
        object network = session.Run("New-HcsNetwork", ("Name", "benchmark"), ("AddressPrefix", "10.213.72.0/24"))[0];
        object container = session.Run("New-HcsContainer", ("Id", "endpoints"), ("Start", true))[0];
        using (BareEndpoints bare = new())
        {
            for (int i = -WarmUps; i < rounds; i++)
            {
                if (i == 0)
                {
                    endpoint.Clear();
                }

                endpoint.Module.Time(() => LiveOnce(session, network, container));
                endpoint.Bare.Time(bare.LiveOnce);
            }
        }

        session.Run("Stop-HcsContainer", ("Container", container), ("Force", true));
        session.Run("Remove-HcsNetwork", ("Network", network));
        return [endpoint];
    }

    private static void LiveOnce(ModuleSession session, object network, object container)
    {
        object endpoint = session.Run("New-HcsEndpoint", ("Network", network), ("PortMapping", "18082:80"))[0];
        session.Run("Connect-HcsEndpoint", ("Endpoint", endpoint), ("Container", container));
        session.Run("Disconnect-HcsEndpoint", ("Endpoint", endpoint));
        session.Run("Remove-HcsEndpoint", ("Endpoint", endpoint));
    }
}
