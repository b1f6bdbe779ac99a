using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Execution;

/// <summary>
/// The work of a command for its targets, while it runs; no thread belongs to any of it. Objects come in the order of
/// the targets, everything else as it occurs.
/// </summary>
/// <remarks>To be used on the pipeline thread.</remarks>
/// <param name="cmdlet">The command.</param>
/// <param name="preferences">Its preferences.</param>
/// <param name="pipeline">Where it writes.</param>
/// <param name="inOrder">False for work that lasts as long as its target does: its objects come as they occur.</param>
internal sealed class TargetWorks(
    PSCmdlet cmdlet, CommandPreferences preferences, PipelineOutput pipeline, bool inOrder)
{
    // In the order they were begun; those at the beginning are taken off once they have ended.
    private readonly List<Work> _works = [];

    private IEnumerable<Work> Running => _works.Where(work => !work.HasEnded);

    /// <summary>Names of what is still at work.</summary>
    public IReadOnlyList<string> Names => [.. Running.Select(work => work.Name)];

    public void Begin(TargetWork target)
    {
        var work = new Work(this, target.Name);
        _works.Add(work);
        work.Task = pipeline.Begin((_, stop) => target.RunAsync(work, stop));
    }

    /// <summary>
    /// Writes what comes until fewer than this number are at work. When the pipeline goes meanwhile, the waiting for all
    /// of it ends.
    /// </summary>
    /// <param name="count">The number.</param>
    /// <param name="report">Called before each wait.</param>
    public void WriteUntilFewerThan(int count, Action? report = null)
    {
        bool stopped = true;
        try
        {
            TakeEnded();
            while (Running.Count() >= count)
            {
                report?.Invoke();
                pipeline.WriteUntil(Task.WhenAny(Running.Select(work => work.Task!)));
                TakeEnded();
            }

            stopped = false;
        }
        finally
        {
            if (stopped)
            {
                pipeline.Abandon(Task.WhenAll(Running.Select(work => work.Task!)));
            }
        }
    }

    private void TakeEnded()
    {
        // What has ended by now has handed over all that it writes; what ends meanwhile may not.
        Work[] ended = [.. Running.Where(work => work.Task!.IsCompleted)];
        pipeline.WriteUntil(Task.CompletedTask);
        pipeline.ThrowIfFailed();
        foreach (Work work in ended)
        {
            work.HasEnded = true;
        }

        while (_works.Count > 0)
        {
            Work first = _works[0];
            first.WriteHeld();
            if (!first.HasEnded)
            {
                break;
            }

            _works.RemoveAt(0);
            first.Task!.GetAwaiter().GetResult();
        }
    }

    /// <summary>The work for one target, and where it writes.</summary>
    private sealed class Work(TargetWorks all, string name) : ICommandOutput
    {
        private readonly List<object> _held = [];
        private long _heldSize;

        public long Held => Interlocked.Read(ref _heldSize);

        public string Name => name;

        public Task? Task { get; set; }

        public bool HasEnded { get; set; }

        public void Object(object value) => Objects([value]);

        public void Objects(IReadOnlyList<object> values) => all.Pipeline.Write(() =>
        {
            if (all.InOrder && all._works[0] != this)
            {
                _held.AddRange(values);
                Interlocked.Add(ref _heldSize, values.Sum(value => (long)OutputLimit.SizeOf(value)));
            }
            else
            {
                all.Cmdlet.WriteObject(values, enumerateCollection: true);
            }
        });

        // One that stops the pipeline is the last word of the command: it says what else goes on.
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

        public void Progress(ProgressRecord record) => all.Pipeline.Progress(record);

        public void WriteHeld()
        {
            object[] held = [.. _held];
            _held.Clear();
            Interlocked.Exchange(ref _heldSize, 0);
            if (held.Length > 0)
            {
                all.Cmdlet.WriteObject(held, enumerateCollection: true);
            }
        }
    }

    private PSCmdlet Cmdlet => cmdlet;

    private CommandPreferences Preferences => preferences;

    private PipelineOutput Pipeline => pipeline;

    private bool InOrder => inOrder;
}
