using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>The policies of an endpoint, from mapped ports and from raw policies.</summary>
internal static class PolicyDraft
{
    /// <exception cref="HcsDocumentException">A port of the host is given twice, or a policy has no type.</exception>
    public static HostComputePolicy[] Of(IReadOnlyList<HcsPortMapping>? ports, IEnumerable<HostComputePolicy>? policies)
    {
        for (int i = 1; i < ports?.Count; i++)
        {
            if (ports.Take(i).FirstOrDefault(ports[i].Overlaps) is { } other)
            {
                throw new HcsDocumentException("PortMapping", $"{ports[i]} has a port of the host that {other} has too");
            }
        }

        if (policies?.Any(policy => string.IsNullOrEmpty(policy.Type)) == true)
        {
            throw new HcsDocumentException("Policy", "a policy has a Type, and Settings of that type");
        }

        return [.. (ports ?? []).SelectMany(port => port.ToPolicies()), .. policies ?? []];
    }
}
