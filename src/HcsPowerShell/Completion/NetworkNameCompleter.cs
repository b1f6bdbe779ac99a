using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Completion;

/// <summary>Completes the names of networks.</summary>
public sealed class NetworkNameCompleter : NetworkValueCompleter<HostComputeNetwork>
{
    private protected override IEnumerable<string?> ValuesOf(HostComputeNetwork one) => [one.Name];

    private protected override string Describe(HostComputeNetwork one) => string.Join(
        " ",
        NetworkRules.PrefixesOf(one).Select(prefix => prefix.ToString()).Prepend(one.Type ?? HostComputeNetwork.DefaultType));
}
