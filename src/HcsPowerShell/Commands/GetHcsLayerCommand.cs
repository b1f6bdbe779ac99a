using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Layers;
using HcsPowerShell.Interop.Ownership;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Describes layers: their kind, parents, version, volume, size and users. Without a path, the scratches that are mounted
/// or that containers own.
/// </summary>
[Cmdlet(VerbsCommon.Get, "HcsLayer", DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Get-HcsLayer.md")]
[OutputType(typeof(HcsLayer))]
public sealed class GetHcsLayerCommand : HcsLayerCommand
{
    private const string OrphanedSet = "Orphaned";

    /// <summary>The folders of the layers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>
    /// Lists only scratches that containers owned and have left behind. Get-HcsLayer removes nothing; the next
    /// New-HcsContainer does, or Remove-HcsLayer.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = OrphanedSet)]
    [NotBlank]
    public SwitchParameter Orphaned { get; set; }

    private protected override string Verb => "describe";

    private protected override IEnumerable<LayerTarget> Targets => Lists ? Listed() : base.Targets;

    private bool Lists =>
        ParameterSetName == OrphanedSet
        || (ParameterSetName == PathSet && !MyInvocation.BoundParameters.ContainsKey(nameof(Path)));

    private protected override void Process(LayerTarget target)
    {
        bool isListed = Lists;
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
            return isListed && target.Owned is null && layer.VolumePath is null ? null : layer;
        }
        catch (LayerException e) when (isListed && e.Problem is (LayerProblem.NotFound or LayerProblem.NotALayer))
        {
            return null;
        }
    }

    private IReadOnlyList<LayerTarget> Listed()
    {
        IReadOnlyList<LayerTarget> listed = [];
        GuardWithin("list the layers", null, deadline => listed = Await(ListAsync(ResolveHost(), Orphaned, deadline)));
        return listed;
    }

    private static async Task<IReadOnlyList<LayerTarget>> ListAsync(HcsHost host, bool orphaned, Deadline deadline)
    {
        IReadOnlyList<OwnedScratch> owned =
            await host.Ownership.FindScratchesAsync(() => deadline).ConfigureAwait(false);

        LayerTarget[] scratches =
            [.. owned.Select(scratch => new LayerTarget(host, scratch.Path) { Owned = scratch })];
        if (orphaned)
        {
            return [.. scratches.Where(scratch => scratch.IsOrphaned)];
        }

        IReadOnlyList<string> mounted = await host.Service.Layers.GetMountedAsync(deadline).ConfigureAwait(false);
        return
        [
            .. scratches,
            .. mounted.Where(path => !scratches.Any(scratch => LayerPath.Same(scratch.Path, path)))
                .Select(path => new LayerTarget(host, path)),
        ];
    }
}
