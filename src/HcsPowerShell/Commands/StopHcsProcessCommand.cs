using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Ends processes at once (hcsshim <c>Kill</c>) and waits until they have gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "HcsProcess", SupportsShouldProcess = true, DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Stop-HcsProcess.md")]
[OutputType(typeof(HcsProcess), typeof(Job))]
public sealed class StopHcsProcessCommand : HcsProcessCmdlet
{
    private const int DefaultTimeoutSec = 60;

    /// <summary>Seconds to wait until the process has gone; by default 60.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int TimeoutSec { get; set; } = DefaultTimeoutSec;

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

    private protected override void Act(ProcessTarget target)
    {
        if (Approve(target, "Stop"))
        {
            Dispatch(
                Attempt(target), target.ProcessId, (output, stop) => StopAsync(target, output, stop), target.ToString());
        }
    }

    private async Task StopAsync(ProcessTarget target, ICommandOutput output, CancellationToken stop)
    {
        TrackedProcess tracked = await target.TrackAsync(stop).ConfigureAwait(false);
        if (tracked.Status is not null)
        {
            output.Verbose($"{target} has already exited.");
        }
        else
        {
            await Deadline.WithinAsync(TimeoutSec, stop, token => KillAsync(tracked, token)).ConfigureAwait(false);
        }

        if (PassThru)
        {
            output.Object(target.Object ?? new HcsProcess(target.Host, target.ContainerId, target.ProcessId, tracked));
        }
    }

    private static async Task KillAsync(TrackedProcess tracked, CancellationToken stop)
    {
        try
        {
            await tracked.Handle.KillAsync(stop).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.ProcessAlreadyStopped))
        {
            // It went by itself in the meantime, which is what was wanted.
        }

        await tracked.Exited.ConfigureAwait(false);
    }
}
