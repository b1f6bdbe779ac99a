using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Waits until processes have exited (hcsshim <c>Wait</c>, <c>WaitTimeout</c>, <c>ExitCode</c>).</summary>
[Cmdlet(VerbsLifecycle.Wait, "HcsProcess", DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Wait-HcsProcess.md")]
[OutputType(typeof(HcsProcessResult), typeof(Job))]
public sealed class WaitHcsProcessCommand : HcsProcessCommand
{
    /// <summary>Ends with the first process that exits.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Any { get; set; }

    /// <summary>Waits in the background and returns a job with one child for each process.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "wait for";

    private protected override bool WantsJob => AsJob;

    private protected override bool LastsAsTarget => true;

    private protected override string Activity => "Waiting for processes to exit";

    private protected override bool EndsWithFirst => Any;

    private protected override void Act(ProcessTarget target) =>
        Dispatch(
            Attempt(target),
            target.ProcessId,
            target.TrackAsync,
            (tracked, output, deadline) => WaitAsync(target, tracked, output, deadline),
            target.ToString());

    private static async Task WaitAsync(
        ProcessTarget target, TrackedProcess tracked, ICommandOutput output, Deadline deadline)
    {
        await deadline.WaitAsync(tracked.Exited, "it has not exited").ConfigureAwait(false);
        output.Object(new HcsProcessResult(
            target.Object ?? new HcsProcess(target.Host, target.ContainerId, target.ProcessId, tracked)));
    }
}
