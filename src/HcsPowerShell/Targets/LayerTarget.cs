using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell.Targets;

/// <summary>A layer that a command acts on.</summary>
/// <param name="Host">The host of the layer.</param>
/// <param name="Path">The folder of the layer.</param>
internal sealed record LayerTarget(HcsHost Host, string Path)
{
    /// <summary>The scratch, when a container owns or has kept it.</summary>
    public OwnedScratch? Owned { get; init; }

    /// <summary>True for a scratch whose container has gone without it; one that is to be kept is no orphan.</summary>
    public bool IsOrphaned => Owned is { IsOrphaned: true, Record.KeepsScratch: false };

    /// <summary>The layers of the host.</summary>
    public ILayerService Service => Host.Service.Layers;

    /// <summary>Describes the layer as it is now.</summary>
    public async Task<HcsLayer> DescribeAsync(Deadline deadline)
    {
        LayerProperties properties = await Service.GetPropertiesAsync(Path, deadline).ConfigureAwait(false);
        LayerUsage usage = await Service.GetUsageAsync(Path, deadline).ConfigureAwait(false);
        Version? version = await new LayerVersions(Host).OfAsync(properties, deadline).ConfigureAwait(false);
        IReadOnlyList<string> containers = await LayerUsers
            .FindAsync(Host, properties.Path, properties.VolumePath, deadline).ConfigureAwait(false);
        return new HcsLayer(
            Host, properties with { OSVersion = version }, usage.Size, [.. containers, .. usage.Children])
        {
            IsOrphaned = IsOrphaned,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"layer '{Path}'";
}
