using System.Collections;
using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Lists the containers of the host for a command line that is being completed.</summary>
internal static class ListedContainers
{
    public static IReadOnlyList<ContainerProperties> Of(IDictionary bound) =>
        HostOfCommand.Find(bound) is { } host
            ? ListForCompletion.Ask(stop => host.ListAsync(new ComputeSystemQuery(), stop))
            : [];
}
