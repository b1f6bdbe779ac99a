using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Targets;

/// <summary>Finds the containers of this session whose documents name a layer.</summary>
internal static class LayerUsers
{
    /// <summary>Returns the ids of the containers that use a folder as a layer or as their scratch.</summary>
    public static IReadOnlyList<string> Of(HcsHost host, string path, string? volume) =>
    [
        .. host.Handles.Open
            .Where(container => container.CreatedFrom is { } from && Names(from, path, volume))
            .Select(container => container.Handle.Id),
    ];

    /// <exception cref="LayerException">A container of this session uses the layer.</exception>
    public static void Refuse(HcsHost host, string path, string? volume = null)
    {
        if (Of(host, path, volume) is { Count: > 0 } users)
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
