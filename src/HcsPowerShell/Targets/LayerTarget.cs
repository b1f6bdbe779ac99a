using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>A layer that a command acts on.</summary>
/// <param name="Host">The host of the layer.</param>
/// <param name="Path">The folder of the layer.</param>
internal sealed record LayerTarget(HcsHost Host, string Path)
{
    /// <summary>The layers of the host.</summary>
    public ILayerService Service => Host.Service.Layers;

    /// <summary>Describes the layer as it is now.</summary>
    public async Task<HcsLayer> DescribeAsync(Deadline deadline)
    {
        LayerProperties properties = await Service.GetPropertiesAsync(Path, deadline).ConfigureAwait(false);
        LayerUsage usage = await Service.GetUsageAsync(Path, deadline).ConfigureAwait(false);
        return new HcsLayer(
            Host, properties, usage.Size, [.. LayerUsers.Of(Host, properties.Path, properties.VolumePath), .. usage.Children]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"layer '{Path}'";
}
