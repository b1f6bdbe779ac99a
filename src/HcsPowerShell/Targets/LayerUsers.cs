using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Targets;

/// <summary>Finds the containers whose documents or records name a layer.</summary>
internal static class LayerUsers
{
    /// <summary>
    /// Returns the ids of the containers that use a folder as a layer or as their scratch: those of this session, and those
    /// with a record.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindAsync(HcsHost host, string path, string? volume, Deadline deadline)
    {
        IEnumerable<string> here = host.Handles.Open
            .Where(container => container.CreatedFrom is { } from && Names(from, path, volume))
            .Select(container => container.Handle.Id);
        IReadOnlyList<string> recorded =
            await host.Ownership.FindUsersAsync(path, () => deadline).ConfigureAwait(false);
        return [.. here.Concat(recorded).Distinct(ContainerId.Comparer)];
    }

    /// <exception cref="LayerException">A container uses the layer.</exception>
    public static async Task RefuseAsync(HcsHost host, string path, string? volume, Deadline deadline)
    {
        if (await FindAsync(host, path, volume, deadline).ConfigureAwait(false) is { Count: > 0 } users)
        {
            throw new LayerException(LayerProblem.InUse, path, $"'{path}' is in use by container '{users[0]}'.");
        }
    }

    private static bool Names(CreatedFrom from, string path, string? volume) =>
        Paths(from).Any(named =>
            LayerPath.Same(named, path) || (volume is not null && LayerPath.Same(named, volume)));

    private static IEnumerable<string> Paths(CreatedFrom from)
    {
        if (from.Version.Major > 1)
        {
            ContainerStorage? storage = HcsJson.Read<ComputeSystem>(from.Document).Container?.Storage;

            // A document of schema 2 has a backslash behind the volume, under Linux too.
            return (storage?.Layers ?? []).Select(layer => layer.Path).Append(storage?.Path?.TrimEnd('\\'))
                .OfType<string>();
        }

        ContainerConfig config = HcsJson.Read<ContainerConfig>(from.Document);
        return (config.Layers ?? []).Select(layer => layer.Path).Append(config.LayerFolderPath).Append(config.VolumePath)
            .OfType<string>();
    }
}
