using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Pauses running containers (hcsshim <c>Pause</c>).</summary>
[Cmdlet(VerbsLifecycle.Suspend, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Suspend-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class SuspendHcsContainerCommand : HcsContainerChangeCommand
{
    private protected override string Verb => "suspend";

    private protected override void Act(ContainerTarget target) =>
        Change(target, "Suspend", "Paused", static (container, options) => container.PauseAsync(options));
}
