using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Deletes layers that nothing uses, with all their files (hcsshim <c>DestroyLayer</c>).</summary>
[Cmdlet(VerbsCommon.Remove, "HcsLayer", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Remove-HcsLayer.md")]
[OutputType(typeof(Job))]
public sealed class RemoveHcsLayerCommand : HcsLayerChangeCommand
{
    /// <summary>Does not ask before a read-only layer is deleted. A layer in use is refused all the same.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    private protected override string Activity => "Removing a layer";

    private protected override string Verb => "remove";

    private protected override void Process(LayerTarget target)
    {
        if (Approve(target, "Remove") && MayRemove(target))
        {
            Dispatch(Attempt(target), target.Path, async (_, deadline) =>
            {
                if (!await target.Host.Ownership.TryRemoveOrphanAsync(target.Path, () => deadline).ConfigureAwait(false))
                {
                    await target.Service.RemoveAsync(target.Path, deadline).ConfigureAwait(false);
                }
            });
        }
    }

    /// <summary>Refuses a layer in use, and asks before a read-only layer is deleted.</summary>
    private bool MayRemove(LayerTarget target)
    {
        bool may = false;
        GuardWithin(Attempt(target), target.Path, deadline =>
        {
            LayerProperties layer = Await(target.Service.GetPropertiesAsync(target.Path, deadline));
            Await(LayerUsers.RefuseAsync(target.Host, layer.Path, layer.VolumePath, deadline));
            may = layer.Kind == LayerKind.Scratch || Force || IsToldNotToAsk || Confirm(
                $"'{target.Path}' is a read-only layer, which cannot be made again from what is here. Delete it?",
                "Delete a read-only layer",
                $"Cannot remove {target}: it is a read-only layer, and this session cannot ask.",
                target.Path);
        });
        return may;
    }
}
