using System.Collections;
using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>The containers of the host that a command line being completed will use.</summary>
internal static class ListedContainers
{
    public static IReadOnlyList<ContainerProperties> Of(IDictionary bound) =>
        HostOfCommand.Find(bound) is { } host
            ? ListForCompletion.Ask(stop => host.ListAsync(new ComputeSystemQuery(), stop))
            : [];
}
