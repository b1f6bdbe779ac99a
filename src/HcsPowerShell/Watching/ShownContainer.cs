using System;
using System.Threading.Tasks;
using HcsPowerShell.Drawing;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>A container whose samples fill a row of a table, with the handle that takes them.</summary>
/// <param name="target">The container.</param>
/// <param name="lease">The handle.</param>
/// <param name="interval">The time between two samples.</param>
/// <param name="computer">The computer, as the row tells it; null in a table of one computer.</param>
internal sealed class ShownContainer(ContainerTarget target, ContainerLease lease, TimeSpan interval, string? computer) : IDisposable
{
    private readonly StatisticsSeries _series = new(target, lease.Container, interval);

    public ContainerTarget Target => target;

    public StatisticsRow Row { get; } = new(target.Id, computer);

    public Task Exited => lease.Container.Exited;

    /// <summary>Takes the next sample; false when the container has exited.</summary>
    public async Task<bool> SampleAsync(Deadline deadline)
    {
        bool isFirst = Row.Memory.Count == 0;
        if ((!isFirst && Exited.IsCompleted)
            || await _series.NextAsync(deadline).ConfigureAwait(false) is not { } sample)
        {
            Row.Exit();
            return false;
        }

        Add(sample, Row);
        return true;
    }

    /// <summary>Adds a sample to a row.</summary>
    public static void Add(HcsStatistics sample, StatisticsRow row) => row.Add(
        sample.CpuPercent,
        sample.MemoryUsageCommitBytes ?? sample.MemoryUsagePrivateWorkingSetBytes,
        sample.ReadBytesPerSec + sample.WriteBytesPerSec);

    public void Dispose() => lease.Dispose();
}
