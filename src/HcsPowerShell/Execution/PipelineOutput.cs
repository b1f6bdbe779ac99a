using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>
/// Runs asynchronous work for a cmdlet: what it writes, on whatever thread, is written on the pipeline thread in order,
/// as it comes. The queue is bounded, so a fast writer waits for a slow pipeline and memory stays constant.
/// </summary>
internal sealed class PipelineOutput : ICommandOutput, IDisposable
{
    private const int QueueLength = 64;

    private readonly PSCmdlet _cmdlet;
    private readonly CommandPreferences _preferences;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _stopped;

    // Work that ends before it first waits has written all of it at once, and needs none.
    private readonly Lazy<BlockingCollection<Action>> _queue = new(static () => new(QueueLength));
    private readonly Thread _pipelineThread = Thread.CurrentThread;
    private readonly List<string> _heldBack = [];
    private ExceptionDispatchInfo? _failure;

    public PipelineOutput(PSCmdlet cmdlet, CommandPreferences preferences, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _preferences = preferences;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stopped = _stop.Token;
    }

    /// <summary>Runs the work to its end, writing meanwhile; throws what the work threw.</summary>
    public void Run(Func<ICommandOutput, CancellationToken, Task> work) => End(Begin(work));

    /// <summary>Starts the work; it writes while <see cref="WriteUntil"/> or <see cref="End"/> runs.</summary>
    public Task Begin(Func<ICommandOutput, CancellationToken, Task> work) => work(this, _stopped);

    /// <summary>Writes to the end of work that was begun; throws what the work threw.</summary>
    public void End(Task running)
    {
        Settle(running);
        WriteHeldBack();
        ThrowIfFailed();
        running.GetAwaiter().GetResult();
    }

    /// <summary>Throws what the pipeline threw when the work wrote before it first waited.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Writes to the end of work that was begun, however it ended; ends it when its pipeline goes.</summary>
    public void Settle(Task running)
    {
        bool stopped = true;
        try
        {
            WriteUntil(running);
            stopped = false;
        }
        finally
        {
            if (stopped)
            {
                Abandon(running);
            }
        }
    }

    /// <summary>Writes what comes until the task has ended.</summary>
    public void WriteUntil(Task task)
    {
        if (!task.IsCompleted)
        {
            task.ContinueWith(_ => Wake(), TaskScheduler.Default);
        }

        while (!task.IsCompleted)
        {
            _queue.Value.Take()();
        }

        WriteQueued();
    }

    /// <summary>Ends work whose pipeline has gone (Select-Object -First, an error that stops), without writing.</summary>
    public void Abandon(Task running)
    {
        _stop.Cancel();
        running.ContinueWith(_ => Wake(), TaskScheduler.Default);
        while (!running.IsCompleted)
        {
            _queue.Value.Take();
        }
    }

    /// <summary>Does this on the pipeline thread, behind what came before.</summary>
    public void Write(Action write)
    {
        if (Thread.CurrentThread == _pipelineThread)
        {
            // Another thread's part of the work may have written before this one.
            WriteNow(WriteQueued);
            WriteNow(write);
        }
        else
        {
            _queue.Value.Add(write, _stopped);
        }
    }

    /// <summary>None: who writes waits until it is taken.</summary>
    public long Held => 0;

    public void Object(object value) => Write(() => _cmdlet.WriteObject(value));

    public void Objects(IReadOnlyList<object> values) =>
        Write(() => _cmdlet.WriteObject(values, enumerateCollection: true));

    public void Error(ErrorRecord record) => Write(() => _cmdlet.WriteError(record));

    public void StandardError(string line, HcsProcess process) => Write(() =>
    {
        if (StandardErrorLine.WouldStop(_preferences))
        {
            _heldBack.Add(line);
        }
        else
        {
            StandardErrorLine.Write(_cmdlet, _preferences, line, process);
        }
    });

    public void Warning(string message) => Write(() => _cmdlet.WriteWarning(message));

    public void Verbose(string message) => Write(() => _cmdlet.WriteVerbose(message));

    public void Progress(ProgressRecord record) => Write(() => _cmdlet.WriteProgress(record));

    // The queue is left to the collector: a wake-up may still come after the work has ended.
    public void Dispose()
    {
        // A pipeline that was stopped at a prompt has not waited for what it began.
        _stop.Cancel();
        _stop.Dispose();
    }

    // In one warning: it may be the last that is written.
    private void WriteHeldBack()
    {
        if (_heldBack.Count > 0)
        {
            string lines = string.Join(Environment.NewLine, _heldBack);
            _heldBack.Clear();
            _cmdlet.WriteWarning(lines);
        }
    }

    // Only an empty queue leaves the pipeline thread asleep, so there is room, or no need.
    private void Wake() => _queue.Value.TryAdd(static () => { });

    private void WriteQueued()
    {
        while (_queue.IsValueCreated && _queue.Value.TryTake(out Action? write))
        {
            write();
        }
    }

    // The work has called back before it first waited. What the pipeline throws then lands in the work, a part of which
    // may wait for ever: all of it is ended, and the failure kept for the cmdlet.
    private void WriteNow(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e)
        {
            _failure ??= ExceptionDispatchInfo.Capture(e);
            _stop.Cancel();
            throw;
        }
    }
}
