using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Ends processes at once (hcsshim <c>Kill</c>) and waits until they have exited.</summary>
[Cmdlet(VerbsLifecycle.Stop, "HcsProcess", SupportsShouldProcess = true, DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Stop-HcsProcess.md")]
[OutputType(typeof(HcsProcess), typeof(Job))]
public sealed class StopHcsProcessCommand : HcsProcessCommand
{
    private readonly HashSet<(HcsHost Host, string ContainerId, uint ProcessId)> _named = [];

    /// <summary>Sets the default time limit for the end of a process to a minute.</summary>
    public StopHcsProcessCommand() => TimeoutSec = Deadline.EndSec;

    /// <summary>The number of processes that the command stops at a time; by default 32.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public override int ThrottleLimit { get; set; } = 32;

    /// <summary>Writes the process, with its exit code, to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each process.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "stop";

    private protected override bool WantsJob => AsJob;

    private protected override int? MostAtOnce => ThrottleLimit;

    private protected override void Act(ProcessTarget target)
    {
        // A process that is named twice is stopped once.
        bool isFirst = _named.Add((target.Host, target.ContainerId.ToUpperInvariant(), target.ProcessId));
        if (isFirst && Approve(target, "Stop"))
        {
            Dispatch(
                Attempt(target),
                target.ProcessId,
                (output, deadline) => StopAsync(target, output, deadline),
                target.ToString());
        }
    }

    private async Task StopAsync(ProcessTarget target, ICommandOutput output, Deadline deadline)
    {
        TrackedProcess tracked = await target.TrackAsync(deadline).ConfigureAwait(false);
        if (tracked.Status is not null)
        {
            output.Verbose($"{target} has already exited.");
        }
        else
        {
            await KillAsync(tracked, deadline).ConfigureAwait(false);
        }

        if (PassThru)
        {
            output.Object(target.Object ?? new HcsProcess(target.Host, target.ContainerId, target.ProcessId, tracked));
        }
    }

    private static async Task KillAsync(TrackedProcess tracked, Deadline deadline)
    {
        try
        {
            await tracked.Handle.KillAsync(deadline).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.ProcessAlreadyStopped))
        {
            // The process exited by itself meanwhile, which is the wanted result.
        }

        await deadline.WaitAsync(tracked.Exited, "it has not exited").ConfigureAwait(false);
    }
}
