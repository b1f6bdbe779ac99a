using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Abstractions;

/// <summary>Waits that run side by side, with one progress record; no thread belongs to any of them.</summary>
internal sealed class WaitSet(string activity)
{
    private readonly List<(string Name, Func<ICommandOutput, CancellationToken, Task> Wait)> _waits = [];

    public int Count => _waits.Count;

    public void Add(string name, Func<ICommandOutput, CancellationToken, Task> wait) => _waits.Add((name, wait));

    /// <summary>Runs them to the end of all, or of the first.</summary>
    public async Task RunAsync(bool any, ICommandOutput output, CancellationToken stop)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A list, for waits that end at once may all be the same completed task.
        List<(Task Wait, string Name)> running = [.. _waits.Select(w => (w.Wait(output, rest.Token), w.Name))];
        try
        {
            while (running.Count > 0)
            {
                Report(output, running.Select(w => w.Name));
                Task ended = await Task.WhenAny(running.Select(w => w.Wait)).ConfigureAwait(false);
                running.RemoveAt(running.FindIndex(w => w.Wait == ended));
                await ended.ConfigureAwait(false);
                if (any)
                {
                    break;
                }
            }
        }
        finally
        {
            rest.Cancel();
            if (!stop.IsCancellationRequested)
            {
                output.Progress(new ProgressRecord(Id, activity, "Done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    private int Id => activity.GetHashCode() & 0x7FFF;

    private void Report(ICommandOutput output, IEnumerable<string> left)
    {
        string[] names = [.. left];
        output.Progress(new ProgressRecord(Id, activity, $"{names.Length} of {Count} left: {string.Join(", ", names.Take(5))}")
        {
            PercentComplete = (Count - names.Length) * 100 / Count,
        });
    }
}
