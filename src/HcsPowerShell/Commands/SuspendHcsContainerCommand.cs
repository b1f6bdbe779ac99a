using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Pauses running containers (hcsshim <c>Pause</c>).</summary>
[Cmdlet(VerbsLifecycle.Suspend, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Suspend-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class SuspendHcsContainerCommand : HcsStateCmdlet
{
    private protected override string Verb => "suspend";

    private protected override string Action => "Suspend";

    private protected override string NewState => "Paused";

    private protected override Task ChangeAsync(IContainer container, CallOptions options) =>
        container.PauseAsync(options);
}
