using System.Collections;
using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Lists the containers of the host that will be used by the command line that the user completes.</summary>
internal static class ListedContainers
{
    public static IReadOnlyList<ContainerProperties> Of(IDictionary bound) =>
        HostOfCommand.Find(bound) is { } host
            ? ListForCompletion.Ask(stop => host.ListAsync(new ComputeSystemQuery(), stop))
            : [];
}
