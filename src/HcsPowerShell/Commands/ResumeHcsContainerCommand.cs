using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Resumes paused containers (hcsshim <c>Resume</c>).</summary>
[Cmdlet(VerbsLifecycle.Resume, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Resume-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class ResumeHcsContainerCommand : HcsContainerChangeCommand
{
    private protected override string Verb => "resume";

    private protected override void Act(ContainerTarget target) =>
        Change(target, "Resume", "Running", static (container, options) => container.ResumeAsync(options));
}
