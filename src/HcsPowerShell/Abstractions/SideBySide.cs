using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Jobs;

namespace HcsPowerShell.Abstractions;

/// <summary>Work on several targets that runs at once; no thread belongs to any of it.</summary>
internal sealed class SideBySide
{
    private readonly List<JobWork> _works = [];

    public int Count => _works.Count;

    public void Add(JobWork work) => _works.Add(work);

    /// <summary>Runs it to the end of all.</summary>
    /// <param name="activity">What the progress is called; null shows none.</param>
    /// <param name="output">Where it writes.</param>
    /// <param name="stop">Stops it.</param>
    public async Task RunAsync(string? activity, ICommandOutput output, CancellationToken stop)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A list, for what ends at once may all be the same completed task.
        List<(Task Work, string Name)> running = [.. _works.Select(w => (w.RunAsync(output, rest.Token), w.Name))];
        try
        {
            while (running.Count > 0)
            {
                Report(activity, output, running.Select(w => w.Name));
                Task ended = await Task.WhenAny(running.Select(w => w.Work)).ConfigureAwait(false);
                running.RemoveAt(running.FindIndex(w => w.Work == ended));
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            rest.Cancel();
            if (activity is not null && !stop.IsCancellationRequested)
            {
                output.Progress(new ProgressRecord(Id(activity), activity, "Done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    private static int Id(string activity) => activity.GetHashCode() & 0x7FFF;

    private void Report(string? activity, ICommandOutput output, IEnumerable<string> left)
    {
        if (activity is null)
        {
            return;
        }

        string[] names = [.. left];
        output.Progress(new ProgressRecord(Id(activity), activity, $"{names.Length} of {Count} left: {string.Join(", ", names.Take(5))}")
        {
            PercentComplete = (Count - names.Length) * 100 / Count,
        });
    }
}
