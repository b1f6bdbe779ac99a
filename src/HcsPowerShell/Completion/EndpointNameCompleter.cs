using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of endpoints, and the guids of those without a name.</summary>
public sealed class EndpointNameCompleter : EndpointValueCompleter
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeEndpoint one) =>
        [string.IsNullOrEmpty(one.Name) ? one.Guid.ToString() : one.Name];
}
