using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The systems of a host, listed once when the first one is asked for.</summary>
internal sealed class KnownSystems(HcsHost host)
{
    private HashSet<string>? _ids;

    /// <summary>Returns those of the ids that belong to systems that exist.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(IEnumerable<string> ids, Deadline deadline)
    {
        string[] asked = [.. ids];
        if (asked.Length > 0 && _ids is null)
        {
            // An endpoint names a system by its id, or the virtual machine behind it.
            IEnumerable<ContainerProperties> systems =
                await host.ListAsync(new ComputeSystemQuery(), deadline).ConfigureAwait(false);
            _ids = new(
                systems.SelectMany(system => new[] { system.Id, system.RuntimeId }).OfType<string>(),
                StringComparer.OrdinalIgnoreCase);
        }

        return [.. asked.Where(id => _ids!.Contains(id))];
    }
}
