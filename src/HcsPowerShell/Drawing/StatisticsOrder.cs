using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Drawing;

/// <summary>The order of the rows in a table of statistics, which a key chooses.</summary>
internal sealed class StatisticsOrder
{
    private char _key;

    /// <summary>Takes a key: c, m or s for the highest first, n for the ids; false for any other key.</summary>
    public bool Take(char key)
    {
        char lower = char.ToLowerInvariant(key);
        bool isKnown = lower is 'c' or 'm' or 's' or 'n';
        _key = isKnown ? lower : _key;
        return isKnown;
    }

    /// <summary>The rows in the order; as they are, before the first key. What has exited comes last.</summary>
    public IEnumerable<StatisticsRow> Of(IEnumerable<StatisticsRow> rows) => _key switch
    {
        'c' => Highest(rows, row => row.Cpu),
        'm' => Highest(rows, row => row.Memory),
        's' => Highest(rows, row => row.Storage),
        'n' => rows.OrderBy(row => row.ContainerId, StringComparer.OrdinalIgnoreCase),
        _ => rows,
    };

    private static IEnumerable<StatisticsRow> Highest(
        IEnumerable<StatisticsRow> rows, Func<StatisticsRow, IReadOnlyCollection<double?>> values) =>
        rows.OrderBy(row => row.HasExited).ThenByDescending(row => values(row).LastOrDefault() ?? double.MinValue);
}
