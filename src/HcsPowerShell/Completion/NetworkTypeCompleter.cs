using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes the types of the networks that there are.</summary>
public sealed class NetworkTypeCompleter : NetworkValueCompleter<HostComputeNetwork>
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeNetwork one) =>
        [one.Type ?? HostComputeNetwork.DefaultType];

    private protected override string Describe(HostComputeNetwork one) => one.Name ?? one.Guid.ToString();
}
