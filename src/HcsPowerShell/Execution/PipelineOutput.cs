using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Execution;

/// <summary>
/// Runs asynchronous work for a cmdlet. Output from any thread is written on the pipeline thread, in order and as it
/// comes. The queue is bounded, so a fast writer waits for a slow pipeline and memory use stays constant.
/// </summary>
internal sealed class PipelineOutput : ICommandOutput, IDisposable
{
    private const int QueueLength = 64;

    private readonly PSCmdlet _cmdlet;
    private readonly Func<object, object> _shown;
    private readonly CommandPreferences _preferences;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _stopped;

    // Work that ends before its first wait has written all its output directly, and needs no queue.
    private readonly Lazy<PipelineQueue> _queue = new(static () => new(QueueLength));
    private readonly Thread _pipelineThread = Thread.CurrentThread;
    private readonly List<string> _heldBack = [];
    private ExceptionDispatchInfo? _failure;

    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="shown">Gives an object the form in which it is written.</param>
    /// <param name="preferences">The preferences of the cmdlet.</param>
    /// <param name="stop">Stops the work.</param>
    public PipelineOutput(
        PSCmdlet cmdlet, Func<object, object> shown, CommandPreferences preferences, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _shown = shown;
        _preferences = preferences;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stopped = _stop.Token;
    }

    /// <summary>Runs the work to its end and writes its output meanwhile. Throws the exception of the work.</summary>
    public void Run(Func<ICommandOutput, CancellationToken, Task> work) => End(Begin(work));

    /// <summary>
    /// Starts the work; its output is written while <see cref="WriteUntil"/> or <see cref="End"/> runs.
    /// </summary>
    public Task Begin(Func<ICommandOutput, CancellationToken, Task> work) => work(this, _stopped);

    /// <summary>Writes the output until the work has ended. Throws the exception of the work.</summary>
    public void End(Task running)
    {
        Settle(running);
        WriteHeldBack();
        ThrowIfFailed();
        running.GetAwaiter().GetResult();
    }

    /// <summary>Throws the exception that the pipeline threw when the work wrote before its first wait.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>
    /// Writes the output until the work has ended, with or without success. Ends the work when the pipeline stops.
    /// </summary>
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

    /// <summary>Writes the output until the task has ended.</summary>
    public void WriteUntil(Task task)
    {
        if (!task.IsCompleted)
        {
            WakeAfter(task);
        }

        WriteUntil(() => task.IsCompleted);
    }

    /// <summary>Writes the output until something has happened, after which <see cref="Wake"/> was called.</summary>
    public void WriteUntil(Func<bool> hasHappened)
    {
        while (!hasHappened())
        {
            _queue.Value.Wait();
            _queue.Value.TryTake()?.Invoke();
        }

        WriteQueued();
    }

    /// <summary>Wakes the pipeline thread, which looks whether what it waits for has happened.</summary>
    public void Wake() => _queue.Value.Wake();

    /// <summary>
    /// Ends work whose pipeline has stopped (Select-Object -First, an error that stops it), and drops its output.
    /// </summary>
    public void Abandon(Task running)
    {
        _stop.Cancel();
        WakeAfter(running);
        while (!running.IsCompleted)
        {
            _queue.Value.Wait();
            _queue.Value.TryTake();
        }
    }

    /// <summary>Runs the action on the pipeline thread, after all earlier output.</summary>
    public void Write(Action write)
    {
        if (Thread.CurrentThread == _pipelineThread)
        {
            // A part of the work on another thread may have queued output before this action.
            WriteNow(WriteQueued);
            WriteNow(write);
        }
        else
        {
            _queue.Value.Add(write, _stopped);
        }
    }

    /// <summary>Always 0: a writer waits until the pipeline takes the output.</summary>
    public long Held => 0;

    public void Object(object value) => Write(() => _cmdlet.WriteObject(_shown(value)));

    public void Objects(IReadOnlyList<object> values) => Write(() => WriteObjects(values));

    /// <summary>Writes objects at once; only the pipeline thread may.</summary>
    public void WriteObjects(IEnumerable<object> values) =>
        _cmdlet.WriteObject(values.Select(_shown), enumerateCollection: true);

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

    public void Debug(string message) => Write(() => _cmdlet.WriteDebug(message));

    public void Progress(ProgressRecord record) => Write(() => _cmdlet.WriteProgress(record));

    // The queue is not disposed, because a wake-up may still come after the work has ended.
    public void Dispose()
    {
        // A pipeline that stopped at a prompt has not waited for the work that it started.
        _stop.Cancel();
        _stop.Dispose();
    }

    // One warning contains all lines, because it may be the last that is written.
    private void WriteHeldBack()
    {
        if (_heldBack.Count > 0)
        {
            string lines = string.Join(Environment.NewLine, _heldBack);
            _heldBack.Clear();
            _cmdlet.WriteWarning(lines);
        }
    }

    private void WriteQueued()
    {
        while (_queue.IsValueCreated && _queue.Value.TryTake() is { } write)
        {
            write();
        }
    }

    private void WakeAfter(Task task) => task.ContinueWith(
        _ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    // The work writes before its first wait. An exception of the pipeline then goes to the work, a part of which may
    // wait forever. Therefore all of the work ends, and the cmdlet throws the exception.
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
