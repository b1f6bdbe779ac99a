using System;
using System.Management.Automation;
using System.Threading;

namespace HcsPowerShell.Execution;

/// <summary>Shows that one target is worked on, until this object is disposed.</summary>
internal sealed class WorkProgress : IDisposable
{
    private readonly ICommandOutput _output;
    private readonly ProgressRecord? _shown;
    private readonly CancellationToken _stop;

    /// <param name="output">The output that shows the progress.</param>
    /// <param name="activity">The name of the activity; null shows no progress.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="stop">The stop signal of the command; after it, no progress is shown.</param>
    public WorkProgress(ICommandOutput output, string? activity, string target, CancellationToken stop)
    {
        _output = output;
        _stop = stop;
        if (activity is not null)
        {
            _shown = Record(activity, target);
            _output.Progress(_shown);
        }
    }

    // A record that is shown is not changed: a job keeps it.
    public void Dispose()
    {
        if (_shown is not null && !_stop.IsCancellationRequested)
        {
            ProgressRecord done = Record(_shown.Activity, _shown.StatusDescription);
            done.RecordType = ProgressRecordType.Completed;
            _output.Progress(done);
        }
    }

    private static ProgressRecord Record(string activity, string target) =>
        new((activity, target).GetHashCode() & 0x7FFF, activity, target);
}
