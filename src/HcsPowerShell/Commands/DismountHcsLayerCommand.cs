using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Dismounts scratches (hcsshim <c>UnprepareLayer</c>, <c>DeactivateLayer</c>). One that is not mounted stays as it is.
/// </summary>
[Cmdlet(VerbsData.Dismount, "HcsLayer", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Dismount-HcsLayer.md")]
[OutputType(typeof(HcsLayer), typeof(Job))]
public sealed class DismountHcsLayerCommand : HcsLayerChangeCommand
{
    /// <summary>Writes the layer to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "dismount";

    private protected override void Process(LayerTarget target)
    {
        if (Approve(target, "Dismount"))
        {
            Dispatch(Attempt(target), target.Path, async (output, deadline) =>
            {
                LayerProperties layer =
                    await target.Service.GetPropertiesAsync(target.Path, deadline).ConfigureAwait(false);
                await LayerUsers.RefuseAsync(target.Host, layer.Path, layer.VolumePath, deadline).ConfigureAwait(false);
                await target.Service.DismountAsync(target.Path, deadline).ConfigureAwait(false);
                if (PassThru)
                {
                    output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
                }
            });
        }
    }
}
