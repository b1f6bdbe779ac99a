using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>Takes samples of one container, each with rates since the one before.</summary>
internal sealed class StatisticsSeries(ContainerTarget target, IContainer container, TimeSpan interval)
{
    private static readonly PropertyQuery s_statistics = new() { PropertyTypes = ["Statistics"] };

    private readonly EndpointCounters _counters = new(target.Host, target.Id);
    private HcsStatistics? _before;

    /// <summary>Takes a sample without rates.</summary>
    public static Task<HcsStatistics> TakeAsync(ContainerTarget target, IContainer container, Deadline deadline) =>
        TakeAsync(target, container, new EndpointCounters(target.Host, target.Id), deadline);

    /// <summary>Takes the next sample; null once the container has exited.</summary>
    public async Task<HcsStatistics?> NextAsync(Deadline deadline)
    {
        try
        {
            return _before = (await TakeAsync(target, container, _counters, deadline).ConfigureAwait(false)).Since(_before);
        }
        catch (HcsException) when (_before is not null)
        {
            // A container that exits during a query can cause many codes, and the notification of the exit may come later
            // than the refusal. The code below only checks whether it has exited.
            if (!await ContainerEnd.SeesExitAsync(container.Exited, deadline.Stop).ConfigureAwait(false))
            {
                throw;
            }

            return null;
        }
    }

    /// <summary>Waits until the next sample is due; true when the container exits before.</summary>
    public Task<bool> EndsWithinAsync(CancellationToken stop) =>
        Deadline.EndsWithinAsync(container.Exited, interval, stop);

    private static async Task<HcsStatistics> TakeAsync(
        ContainerTarget target, IContainer container, EndpointCounters counters, Deadline deadline)
    {
        ContainerProperties properties =
            await container.GetPropertiesAsync(s_statistics, deadline).ConfigureAwait(false);

        // The service leaves the member out for a system that does not run. A sample of zeros would be wrong.
        if (properties.Statistics is not { } sample)
        {
            throw new HcsException("HcsGetComputeSystemProperties", HResult.InvalidState, target.Id);
        }

        await counters.AddToAsync(sample, deadline).ConfigureAwait(false);
        return new HcsStatistics(target.Host, target.Id, sample);
    }
}
