using System;
using System.Threading.Tasks;
using HcsPowerShell.Drawing;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Watching;

/// <summary>A container whose samples fill a row of a table, with the handle that takes them.</summary>
internal sealed class ShownContainer(ContainerTarget target, ContainerLease lease, TimeSpan interval) : IDisposable
{
    private readonly StatisticsSeries _series = new(target, lease.Container, interval);

    public ContainerTarget Target => target;

    public StatisticsRow Row { get; } = new(target.Id);

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

        Row.Add(
            sample.CpuPercent,
            sample.MemoryUsageCommitBytes ?? sample.MemoryUsagePrivateWorkingSetBytes,
            sample.ReadBytesPerSec + sample.WriteBytesPerSec);
        return true;
    }

    public void Dispose() => lease.Dispose();
}
