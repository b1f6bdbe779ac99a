using System.Collections.Generic;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Networks;

/// <summary>Measures the life of an endpoint with one mapped port, by the commands and by ip and nft.</summary>
internal sealed class NetworkBenchmark : IFamily
{
    public IReadOnlyList<Figure> Figures { get; } = [new("endpoint-life", 1.25)];

    public void Run(Effort effort, Report report)
    {
        Comparison endpoint = new(Figures[0]);
        using ModuleSession session = ModuleSession.Oci();
        object network = session.Run("New-HcsNetwork", ("Name", "benchmark"), ("AddressPrefix", "10.213.72.0/24"))[0];
        object container = session.Run("New-HcsContainer", ("Id", "endpoints"), ("Start", true))[0];
        using (BareEndpoints bare = new())
        {
            effort.Repeat(
                warmUps: 5,
                rounds: 40,
                () =>
                {
                    endpoint.Module.Time(() => LiveOnce(session, network, container));
                    endpoint.Bare.Time(bare.LiveOnce);
                },
                endpoint);
        }

        session.Run("Stop-HcsContainer", ("Container", container), ("Force", true));
        session.Run("Remove-HcsNetwork", ("Network", network));
        report.Add(endpoint);
    }

    private static void LiveOnce(ModuleSession session, object network, object container)
    {
        object endpoint = session.Run("New-HcsEndpoint", ("Network", network), ("PortMapping", "18082:80"))[0];
        session.Run("Connect-HcsEndpoint", ("Endpoint", endpoint), ("Container", container));
        session.Run("Disconnect-HcsEndpoint", ("Endpoint", endpoint));
        session.Run("Remove-HcsEndpoint", ("Endpoint", endpoint));
    }
}
