using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Execution;

/// <summary>
/// Runs the work of a command for its targets, without a thread for each. Objects are written in the order of the
/// targets, everything else as it occurs.
/// </summary>
/// <remarks>Use it on the pipeline thread.</remarks>
/// <param name="cmdlet">The command.</param>
/// <param name="preferences">The preferences of the command.</param>
/// <param name="pipeline">The output of the command.</param>
/// <param name="inOrder">
/// False for work that lasts as long as its target: its objects are written as they occur.
/// </param>
internal sealed class TargetWorks(
    PSCmdlet cmdlet, CommandPreferences preferences, PipelineOutput pipeline, bool inOrder)
{
    // In the order in which the work started. Entries at the beginning are removed once their work has ended.
    private readonly Queue<Work> _works = new();

    // Work that has ended and was not looked at yet: to look at all work each time would take the longer, the more there is.
    private readonly List<Work> _ended = [];

    private IEnumerable<Work> Running => _works.Where(work => !work.HasEnded);

    /// <summary>The number of targets whose work still runs.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the targets whose work still runs.</summary>
    public IEnumerable<string> Names => Running.Select(work => work.Name);

    public void Begin(TargetWork target)
    {
        var work = new Work(this, target.Name);
        _works.Enqueue(work);
        Count++;
        work.Task = pipeline.Begin((_, stop) => target.RunAsync(work, stop));
        if (work.Task.IsCompleted)
        {
            AddEnded(work);
        }
        else
        {
            work.Task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(work.End);
        }
    }

    /// <summary>
    /// Writes the output until fewer than this number of targets are at work. When the pipeline stops meanwhile, the
    /// wait for all of them ends.
    /// </summary>
    /// <param name="count">The number of targets.</param>
    /// <param name="report">The action to run before each wait.</param>
    public void WriteUntilFewerThan(int count, Action? report = null)
    {
        bool stopped = true;
        try
        {
            TakeEnded();
            while (Count >= count)
            {
                report?.Invoke();
                pipeline.WriteUntil(HasEnded);
                TakeEnded();
            }

            stopped = false;
        }
        finally
        {
            if (stopped)
            {
                Abandon();
            }
        }
    }

    /// <summary>Stops the work that still runs, and drops its output.</summary>
    public void Stop()
    {
        if (Count > 0)
        {
            Abandon();
        }
    }

    private void Abandon() => pipeline.Abandon(Task.WhenAll(Running.Select(work => work.Task!)));

    private void AddEnded(Work work)
    {
        lock (_ended)
        {
            _ended.Add(work);
        }
    }

    private bool HasEnded()
    {
        lock (_ended)
        {
            return _ended.Count > 0;
        }
    }

    private void TakeEnded()
    {
        // Work that has ended by now has queued all its output. Work that ends during the call below may not have.
        Work[] ended;
        lock (_ended)
        {
            ended = [.. _ended];
            _ended.Clear();
        }

        pipeline.WriteUntil(Task.CompletedTask);
        pipeline.ThrowIfFailed();
        foreach (Work work in ended)
        {
            work.HasEnded = true;
            Count--;
        }

        while (_works.Count > 0)
        {
            Work first = _works.Peek();
            first.WriteHeld();
            if (!first.HasEnded)
            {
                break;
            }

            _works.Dequeue();
            first.Task!.GetAwaiter().GetResult();
        }
    }

    /// <summary>The work for one target, with its output.</summary>
    private sealed class Work(TargetWorks all, string name) : ICommandOutput
    {
        private readonly List<object> _held = [];
        private long _heldSize;

        public long Held => Interlocked.Read(ref _heldSize);

        public string Name => name;

        public Task? Task { get; set; }

        public bool HasEnded { get; set; }

        /// <summary>Called on any thread when the work has ended.</summary>
        public void End()
        {
            all.AddEnded(this);
            all.Pipeline.Wake();
        }

        public void Object(object value) => Objects([value]);

        public void Objects(IReadOnlyList<object> values) => all.Pipeline.Write(() =>
        {
            if (all.InOrder && all._works.Peek() != this)
            {
                _held.AddRange(values);
                Interlocked.Add(ref _heldSize, values.Sum(value => (long)OutputLimit.SizeOf(value)));
            }
            else
            {
                all.Pipeline.WriteObjects(values);
            }
        });

        // An error that stops the pipeline is the last output of the command, so it names the work that continues.
        public void Error(ErrorRecord record) => all.Pipeline.Write(() =>
        {
            string[] others =
            [
                .. all.Running.Where(work => work != this && work.Task is not { IsCompleted: true })
                    .Select(work => work.Name),
            ];
            all.Cmdlet.WriteError(others.Length > 0 && all.Preferences.ErrorsStop
                ? HcsErrors.WhileOthersGoOn(record, others)
                : record);
        });

        public void StandardError(string line, HcsProcess process) => all.Pipeline.StandardError(line, process);

        public void Warning(string message) => all.Pipeline.Warning(message);

        public void Verbose(string message) => all.Pipeline.Verbose(message);

        public void Debug(string message) => all.Pipeline.Debug(message);

        public void Progress(ProgressRecord record) => all.Pipeline.Progress(record);

        public void WriteHeld()
        {
            object[] held = [.. _held];
            _held.Clear();
            Interlocked.Exchange(ref _heldSize, 0);
            if (held.Length > 0)
            {
                all.Pipeline.WriteObjects(held);
            }
        }
    }

    private PSCmdlet Cmdlet => cmdlet;

    private CommandPreferences Preferences => preferences;

    private PipelineOutput Pipeline => pipeline;

    private bool InOrder => inOrder;
}
