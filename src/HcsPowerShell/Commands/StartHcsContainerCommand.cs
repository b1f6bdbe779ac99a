using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Starts containers that were created (hcsshim <c>Start</c>).</summary>
[Cmdlet(VerbsLifecycle.Start, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Start-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class StartHcsContainerCommand : HcsContainerChangeCommand
{
    /// <summary>
    /// Sets the default limit to one container at a time, because a container may need the network of an earlier one.
    /// </summary>
    public StartHcsContainerCommand() => ThrottleLimit = 1;

    private protected override string Verb => "start";

    private protected override void Act(ContainerTarget target) =>
        Change(target, "Start", "Running", static (container, options) => container.StartAsync(options));
}
