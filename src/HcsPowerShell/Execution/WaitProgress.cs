using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace HcsPowerShell.Execution;

/// <summary>The progress of a wait for several targets; it ends with this object.</summary>
/// <param name="output">Where it is shown.</param>
/// <param name="activity">What it is called; null shows none.</param>
/// <param name="count">Number of targets.</param>
/// <param name="stop">Nothing is shown any more once the command is stopped.</param>
internal sealed class WaitProgress(
    ICommandOutput output, string? activity, int count, CancellationToken stop) : IDisposable
{
    public void Report(IReadOnlyList<string> left)
    {
        if (activity is not null)
        {
            output.Progress(new ProgressRecord(
                Id(activity), activity, $"{left.Count} of {count} left: {string.Join(", ", left.Take(5))}")
            {
                PercentComplete = (count - left.Count) * 100 / count,
            });
        }
    }

    public void Dispose()
    {
        if (activity is not null && !stop.IsCancellationRequested)
        {
            output.Progress(new ProgressRecord(Id(activity), activity, "Done")
            {
                RecordType = ProgressRecordType.Completed,
            });
        }
    }

    private static int Id(string activity) => activity.GetHashCode() & 0x7FFF;
}
