using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>Names the endpoint that has a port of the host, when the service refuses to map it again.</summary>
internal static class PortUse
{
    /// <summary>The refusal with the endpoint that has one of the ports; another program when none has.</summary>
    public static async Task<ExplainedException> ExplainAsync(
        HcsHost host, HcsException refusal, IReadOnlyList<HcsPortMapping> wanted, Deadline deadline)
    {
        try
        {
            IReadOnlyList<HostComputeEndpoint> endpoints = await NetworkObjects
                .ListAsync<HostComputeEndpoint>(host, null, isDetailed: true, deadline).ConfigureAwait(false);
            return new(
                refusal,
                Find(endpoints, wanted) ?? $"No endpoint has {string.Join(" or ", wanted)}: another program uses the port.");
        }
        catch (HcsException e)
        {
            return new(refusal, $"Which endpoint has it cannot be looked for: {HcsErrors.Reason(e)}");
        }
    }

    /// <summary>A sentence with the first endpoint that has one of the ports; null when none has.</summary>
    public static string? Find(IEnumerable<HostComputeEndpoint> endpoints, IReadOnlyList<HcsPortMapping> wanted)
    {
        foreach (HostComputeEndpoint endpoint in endpoints)
        {
            if (HcsEndpoint.PortsOf(endpoint).FirstOrDefault(port => wanted.Any(port.Overlaps)) is { } taken)
            {
                string[] containers = HcsNetwork.Shown(endpoint.Health?.Extra?.SharedContainers);
                string users = containers.Length == 0 ? string.Empty : $" of container '{string.Join("', '", containers)}'";
                return $"Endpoint '{endpoint.ShownName}'{users} has {taken}.";
            }
        }

        return null;
    }
}
