using System;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;
using HcsPowerShell.Watching;

namespace HcsPowerShell.Commands;

/// <summary>Takes samples of the counters of containers (hcsshim <c>Statistics</c>).</summary>
/// <remarks>HCS walks every process of the host for a sample: do not call the command in a tight loop.</remarks>
[Cmdlet(VerbsCommon.Get, "HcsStatistics", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Get-HcsStatistics.md")]
[Alias("Get-HcsStatistic")]
[OutputType(typeof(HcsStatistics), typeof(Job))]
public sealed class GetHcsStatisticsCommand : HcsContainerReadCommand
{
    /// <summary>
    /// Takes samples, with rates since the previous sample, until the command is stopped or the container exits.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Continuous { get; set; }

    /// <summary>Seconds between two samples; by default 1. Fractions are allowed.</summary>
    [Parameter]
    [ValidateRange(0.05, 86400)]
    [NotBlank]
    public double IntervalSec { get; set; } = 1;

    /// <summary>Number of samples of each container; without it there is no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public int? SampleCount { get; set; }

    /// <summary>
    /// Takes the samples of -Continuous in the background; returns a job with one child for each container.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "take statistics of";

    // A single sample is complete before a job would start.
    private protected override bool WantsJob => AsJob && Continuous;

    private protected override bool LastsAsTarget => Continuous;

    private protected override void Process(ContainerTarget target) =>
        Dispatch(Attempt(target), target.Id, (output, deadline) => Continuous
            ? SampleAsync(target, output, deadline)
            : TakeAsync(target, output, deadline));

    private static async Task TakeAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        output.Object(await StatisticsSeries.TakeAsync(target, lease.Container, deadline).ConfigureAwait(false));
    }

    private async Task SampleAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        var series = new StatisticsSeries(target, lease.Container, TimeSpan.FromSeconds(IntervalSec));
        for (int taken = 0; taken < (SampleCount ?? int.MaxValue); taken++)
        {
            if ((taken > 0 && await series.EndsWithinAsync(deadline.Stop).ConfigureAwait(false))
                || await series.NextAsync(deadline.ForPart(TimeoutSec)).ConfigureAwait(false)
                    is not { } sample)
            {
                break;
            }

            output.Object(sample);
        }

        if (lease.Container.Exited.IsCompleted)
        {
            output.Verbose($"{target} has exited.");
        }
    }
}
