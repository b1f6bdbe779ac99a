using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Completes unpacked base layers, each once (hcsshim <c>ProcessBaseImage</c>, <c>ProcessUtilityImage</c>).
/// </summary>
[Cmdlet(VerbsData.Initialize, "HcsLayer", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Initialize-HcsLayer.md")]
[OutputType(typeof(HcsLayer), typeof(Job))]
public sealed class InitializeHcsLayerCommand : HcsLayerChangeCommand
{
    /// <summary>Writes the layer to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Initializing a layer";

    private protected override string Verb => "initialize";

    private protected override void Process(LayerTarget target)
    {
        if (Approve(target, "Initialize"))
        {
            Dispatch(Attempt(target), target.Path, async (output, deadline) =>
            {
                await target.Service.InitializeAsync(target.Path, deadline).ConfigureAwait(false);
                if (PassThru)
                {
                    output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
                }
            });
        }
    }
}
