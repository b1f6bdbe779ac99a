using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Hosts;
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

    private protected override IEnumerable<LayerTarget> Targets =>
        ParameterSetName == PathSet && !MyInvocation.BoundParameters.ContainsKey(nameof(Path))
            ? Mounted()
            : base.Targets;

    private protected override void Process(LayerTarget target) => Dispatch(
        Attempt(target),
        target.Path,
        async (output, deadline) => output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false)));

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
