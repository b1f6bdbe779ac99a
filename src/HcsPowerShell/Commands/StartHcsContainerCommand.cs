using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Starts containers that were created (hcsshim <c>Start</c>).</summary>
[Cmdlet(VerbsLifecycle.Start, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Start-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class StartHcsContainerCommand : HcsStateCmdlet
{
    /// <summary>Starts one after another unless told otherwise: one may need the network of one before it.</summary>
    public StartHcsContainerCommand() => ThrottleLimit = 1;

    private protected override string Verb => "start";

    private protected override string Action => "Start";

    private protected override string NewState => "Running";

    private protected override Task ChangeAsync(IContainer container, CallOptions options) =>
        container.StartAsync(options);
}
