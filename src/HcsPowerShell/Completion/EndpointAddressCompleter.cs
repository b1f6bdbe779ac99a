using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the addresses of endpoints.</summary>
public sealed class EndpointAddressCompleter : EndpointValueCompleter
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        HcsNetwork.Shown(one.IpConfigurations?.Select(address => address?.IpAddress));
}
