using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Waits until processes have exited (hcsshim <c>Wait</c>, <c>WaitTimeout</c>, <c>ExitCode</c>).</summary>
[Cmdlet(VerbsLifecycle.Wait, "HcsProcess", DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Wait-HcsProcess.md")]
[OutputType(typeof(HcsProcessResult), typeof(Job))]
public sealed class WaitHcsProcessCommand : HcsProcessCmdlet
{
    /// <summary>Seconds to wait; 0 looks once. Without it the command waits without end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int? TimeoutSec { get; set; }

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

    private protected override string Activity => "Waiting for processes to exit";

    private protected override bool EndsWithFirst => Any;

    private protected override void Act(ProcessTarget target) =>
        DispatchTogether(
            Attempt(target),
            target.ProcessId,
            target.TrackAsync,
            (tracked, output, stop) => WaitAsync(target, tracked, output, stop),
            target.ToString());

    private async Task WaitAsync(
        ProcessTarget target, TrackedProcess tracked, ICommandOutput output, CancellationToken stop)
    {
        await Deadline.WithinAsync(TimeoutSec, stop, _ => tracked.Exited, "it has not exited").ConfigureAwait(false);
        output.Object(new HcsProcessResult(
            target.Object ?? new HcsProcess(target.Host, target.ContainerId, target.ProcessId, tracked)));
    }
}
