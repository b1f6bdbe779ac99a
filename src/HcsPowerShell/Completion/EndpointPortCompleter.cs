using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Interop.Documents.Networks;

namespace HcsPowerShell.Completion;

/// <summary>Completes the ports of the host that endpoints are reached by.</summary>
public sealed class EndpointPortCompleter : EndpointValueCompleter
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        HcsEndpoint.PortsOf(one).Select(port => port.HostPort?.ToString(CultureInfo.InvariantCulture));
}
