using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Describes layers: their kind, parents, version, volume, size and users. Without a path, those that are mounted.
/// </summary>
[Cmdlet(VerbsCommon.Get, "HcsLayer", DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Get-HcsLayer.md")]
[OutputType(typeof(HcsLayer))]
public sealed class GetHcsLayerCommand : HcsLayerCommand
{
    /// <summary>The folders of the layers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    private protected override string Verb => "describe";

    private protected override IEnumerable<LayerTarget> Targets => ListsMounted ? Mounted() : base.Targets;

    private bool ListsMounted =>
        ParameterSetName == PathSet && !MyInvocation.BoundParameters.ContainsKey(nameof(Path));

    private protected override void Process(LayerTarget target)
    {
        bool isListed = ListsMounted;
        Dispatch(Attempt(target), target.Path, async (output, deadline) =>
        {
            if (await DescribeAsync(target, isListed, deadline).ConfigureAwait(false) is { } layer)
            {
                output.Object(layer);
            }
        });
    }

    // Others dismount and delete scratches while they are listed.
    private static async Task<HcsLayer?> DescribeAsync(LayerTarget target, bool isListed, Deadline deadline)
    {
        try
        {
            HcsLayer layer = await target.DescribeAsync(deadline).ConfigureAwait(false);
            return isListed && layer.VolumePath is null ? null : layer;
        }
        catch (LayerException e) when (isListed && e.Problem is (LayerProblem.NotFound or LayerProblem.NotALayer))
        {
            return null;
        }
    }

    private IReadOnlyList<LayerTarget> Mounted()
    {
        IReadOnlyList<LayerTarget> mounted = [];
        GuardWithin("list the mounted layers", null, deadline =>
        {
            HcsHost host = ResolveHost();
            mounted = [.. Await(host.Service.Layers.GetMountedAsync(deadline)).Select(path => new LayerTarget(host, path))];
        });
        return mounted;
    }
}
