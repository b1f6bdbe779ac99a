using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes a property of endpoints.</summary>
public abstract class EndpointValueCompleter : NetworkValueCompleter<HostComputeEndpoint>
{
    private protected EndpointValueCompleter()
    {
    }

    private protected sealed override string Describe(HostComputeEndpoint one) =>
        string.Join(" ", [one.ShownName, .. HcsNetwork.Shown(one.Health?.Extra?.SharedContainers)]);
}

/// <summary>Completes the names of endpoints, and the guids of those without a name.</summary>
public sealed class EndpointNameCompleter : EndpointValueCompleter
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) => [one.ShownName];
}

/// <summary>Completes the addresses of endpoints.</summary>
public sealed class EndpointAddressCompleter : EndpointValueCompleter
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        HcsNetwork.Shown(one.IpConfigurations?.Select(address => address?.IpAddress));
}

/// <summary>Completes the ports of the host that endpoints are reached by.</summary>
public sealed class EndpointPortCompleter : EndpointValueCompleter
{
    // A number needs no quotation marks.
    private protected override CompletionResult Offer(TypedWord word, string value, string tip) =>
        new(value, value, CompletionResultType.ParameterValue, tip);

    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        HcsEndpoint.PortsOf(one).Select(port => port.HostPort?.ToString(CultureInfo.InvariantCulture));
}
