using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Lists the containers of the host for a command line that is being completed.</summary>
internal static class ListedContainers
{
    public static IReadOnlyList<ContainerProperties> Of(IDictionary bound) =>
        HostOfCommand.Find(bound) is { } host
            ? ListForCompletion.Ask(stop => host.Session is null
                ? host.ListAsync(new ComputeSystemQuery(), stop)
                : ListElsewhereAsync(host, stop))
            : [];

    private static async Task<IEnumerable<ContainerProperties>> ListElsewhereAsync(HcsHost host, CancellationToken stop) =>
        (await ListedElsewhere.AskAsync(host, "Get-HcsContainer", stop).ConfigureAwait(false))
            .Select(received => new PropertiesOf(received))
            .Select(told => new ContainerProperties
            {
                Id = told.Text("Id"),
                Name = told.Text("Name"),
                Owner = told.Text("Owner"),
                SystemType = told.Text("SystemType"),
                State = told.Text("State"),
            });
}
