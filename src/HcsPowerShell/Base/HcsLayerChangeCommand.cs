using System.Management.Automation;
using HcsPowerShell.Binding;

namespace HcsPowerShell.Base;

/// <summary>A command that changes layers, in the background when that is wanted.</summary>
public abstract class HcsLayerChangeCommand : HcsLayerCommand
{
    private protected HcsLayerChangeCommand()
    {
    }

    /// <summary>Runs in the background and returns a job with one child for each layer.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected sealed override bool WantsJob => AsJob;
}
