using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Waits until processes have exited (hcsshim <c>Wait</c>, <c>WaitTimeout</c>, <c>ExitCode</c>).</summary>
[Cmdlet(VerbsLifecycle.Wait, "HcsProcess", DefaultParameterSetName = ProcessSet)]
[OutputType(typeof(HcsProcessResult), typeof(Job))]
public sealed class WaitHcsProcessCommand : HcsProcessCmdlet
{
    private readonly WaitSet _waits = new("Waiting for processes to exit");

    /// <summary>Seconds to wait; 0 looks once. Without it the command waits without end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <summary>Ends with the first process that exits.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>Waits in the background and returns a job with one child for each process.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "wait for";

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_waits.Count > 0)
        {
            Run(Verb + " processes", null, (output, stop) => _waits.RunAsync(Any, output, stop));
        }

        base.EndProcessing();
    }

    private protected override void Act(ProcessTarget target) =>
        Guard(Attempt(target), target.ProcessId, () =>
        {
            // Opened here and not when the waiting begins: an exit in between must not be missed.
            Task<TrackedProcess> opening = target.TrackAsync(StopToken);
            Task Wait(ICommandOutput output, CancellationToken stop) => WaitAsync(target, opening, output, stop);
            if (AsJob)
            {
                Dispatch(Attempt(target), target.ToString(), Wait);
            }
            else
            {
                Await(opening);
                _waits.Add(target.ToString(), (output, stop) =>
                    GuardAsync(Attempt(target), target.ProcessId, output, () => Wait(output, stop)));
            }
        });

    private async Task WaitAsync(
        ProcessTarget target, Task<TrackedProcess> opening, ICommandOutput output, CancellationToken stop)
    {
        TrackedProcess tracked = await opening.ConfigureAwait(false);
        await Deadline.WithinAsync(TimeoutSec, stop, _ => tracked.Exited, "it has not exited").ConfigureAwait(false);
        output.Object(new HcsProcessResult(
            target.Object ?? new HcsProcess(target.Host, target.ContainerId, target.ProcessId, tracked)));
    }
}
