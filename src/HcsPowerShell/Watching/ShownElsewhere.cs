using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Drawing;

namespace HcsPowerShell.Watching;

/// <summary>The rows of containers on other computers, which fill with the samples that come from there.</summary>
/// <remarks>A sample comes on any thread. A container without samples for some time has exited, or its computer is gone.</remarks>
internal sealed class ShownElsewhere(TimeSpan interval)
{
    private const int MissedSamples = 3;

    // A sample takes its time on a busy computer, and on its way.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(Guid Host, string Id), (StatisticsRow Row, DateTime At)> _rows = [];
    private readonly TimeSpan _patience = TimeSpan.FromTicks(Math.Max(interval.Ticks * MissedSamples, s_patience.Ticks));

    /// <summary>Adds a sample to the row of its container.</summary>
    public void Add(HcsStatistics sample)
    {
        lock (_rows)
        {
            (Guid, string) key = (sample.HostInstance, sample.ContainerId);
            StatisticsRow row = _rows.TryGetValue(key, out (StatisticsRow Row, DateTime At) known)
                ? known.Row
                : new StatisticsRow(sample.ContainerId, sample.ComputerName);
            ShownContainer.Add(sample, row);
            _rows[key] = (row, DateTime.UtcNow);
        }
    }

    /// <summary>Reads the rows while no sample is added to them.</summary>
    /// <param name="haveEnded">True when no more samples come.</param>
    /// <param name="read">The action that reads them.</param>
    public void Read(bool haveEnded, Action<IReadOnlyList<StatisticsRow>> read)
    {
        lock (_rows)
        {
            foreach ((StatisticsRow row, DateTime at) in _rows.Values)
            {
                if (!row.HasExited && (haveEnded || DateTime.UtcNow - at > _patience))
                {
                    row.Exit();
                }
            }

            read([.. _rows.Values.Select(shown => shown.Row)]);
        }
    }
}
