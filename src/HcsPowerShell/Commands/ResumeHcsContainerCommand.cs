using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Lets paused containers go on (hcsshim <c>Resume</c>).</summary>
[Cmdlet(VerbsLifecycle.Resume, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Resume-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class ResumeHcsContainerCommand : HcsStateCmdlet
{
    private protected override string Verb => "resume";

    private protected override string Action => "Resume";

    private protected override string NewState => "Running";

    private protected override Task ChangeAsync(IContainer container, CallOptions options) =>
        container.ResumeAsync(options);
}
