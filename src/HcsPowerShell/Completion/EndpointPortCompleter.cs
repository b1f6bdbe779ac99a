using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the ports of the host that endpoints are reached by.</summary>
public sealed class EndpointPortCompleter : EndpointValueCompleter
{
    // A number needs no quotation marks.
    private protected override CompletionResult Offer(TypedWord word, string value, string tip) =>
        new(value, value, CompletionResultType.ParameterValue, tip);

    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        HcsEndpoint.PortsOf(one).Select(port => port.HostPort?.ToString(CultureInfo.InvariantCulture));
}
