using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Completion;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Mounts scratches, so that containers can be created on them and the host sees their files (hcsshim
/// <c>ActivateLayer</c>, <c>PrepareLayer</c>, <c>GetLayerMountPath</c>).
/// </summary>
[Cmdlet(VerbsData.Mount, "HcsLayer", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Mount-HcsLayer.md")]
[OutputType(typeof(HcsMountedLayer), typeof(Job))]
public sealed class MountHcsLayerCommand : HcsLayerChangeCommand
{
    /// <summary>
    /// The layers below the scratch, newest first: folders or layers. By default those of its <c>layerchain.json</c>.
    /// </summary>
    [Parameter]
    [Alias("ParentPath")]
    [LayerPathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] ParentLayer { get; set; } = [];

    private protected override string Activity => "Mounting a layer";

    private protected override string Verb => "mount";

    private protected override void Process(LayerTarget target)
    {
        string[]? parents = null;
        Guard(Attempt(target), target.Path, () =>
            parents = [.. ParentLayer.Select(parent => TypedPaths.OfLayers.Literal(SessionState.Path, parent))]);
        if (parents is not null && Approve(target, "Mount"))
        {
            Dispatch(Attempt(target), target.Path, async (output, deadline) =>
            {
                await LayerUsers.RefuseAsync(target.Host, target.Path, volume: null, deadline).ConfigureAwait(false);
                MountedLayer mounted =
                    await target.Service.MountAsync(target.Path, parents, deadline).ConfigureAwait(false);
                output.Object(new HcsMountedLayer(target.Host, mounted));
            });
        }
    }
}
