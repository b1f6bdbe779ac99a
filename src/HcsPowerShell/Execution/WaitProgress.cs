using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace HcsPowerShell.Execution;

/// <summary>Shows the progress of a wait for several targets until this object is disposed.</summary>
/// <param name="output">The output that shows the progress.</param>
/// <param name="activity">The name of the activity; null shows no progress.</param>
/// <param name="count">The number of targets.</param>
/// <param name="stop">The stop signal of the command; after it, no progress is shown.</param>
internal sealed class WaitProgress(
    ICommandOutput output, string? activity, int count, CancellationToken stop) : IDisposable
{
    /// <param name="left">The number of targets that are left.</param>
    /// <param name="names">Their names, of which the first ones are read.</param>
    public void Report(int left, IEnumerable<string> names)
    {
        if (activity is not null)
        {
            output.Progress(new ProgressRecord(
                Id(activity), activity, $"{left} of {count} left: {string.Join(", ", names.Take(5))}")
            {
                PercentComplete = (count - left) * 100 / count,
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
