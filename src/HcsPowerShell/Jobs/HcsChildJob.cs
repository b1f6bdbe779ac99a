using System;
using System.ComponentModel;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Jobs;

/// <summary>
/// The child job for one target. Stopping it stops the wait: HCS cannot cancel an operation, so the operation
/// continues.
/// </summary>
internal sealed class HcsChildJob : Job2
{
    private readonly Job2 _parent;
    private readonly TargetWork _work;
    private readonly JobOutput _output;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <param name="parent">The job that the user holds.</param>
    /// <param name="work">The work of the job.</param>
    /// <param name="errorsStop">True when errors stop the pipeline of the command.</param>
    public HcsChildJob(Job2 parent, TargetWork work, bool errorsStop)
        : base(parent.Command, work.Name)
    {
        _parent = parent;
        _work = work;
        _output = new JobOutput(this, errorsStop, work.ShowsComputer);
        PSJobTypeName = HcsJob.JobType;
    }

    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Verbose.Count + Progress.Count > 0
        || !IsFinished(JobStateInfo.State);

    public override string Location => _work.Computer ?? Environment.MachineName;

    public override string StatusMessage => JobStateInfo.State == JobState.Stopped
        ? "Stopped waiting; HCS cannot cancel an operation, so what was begun goes on."
        : string.Empty;

    public override void StartJob()
    {
        SetJobState(JobState.Running);
        _running = Task.Run(RunAsync);
    }

    public override void StartJobAsync()
    {
        StartJob();
        OnStartJobCompleted(new AsyncCompletedEventArgs(null, cancelled: false, null));
    }

    public override void StopJob()
    {
        _stop.Cancel();
        _running.Wait();
    }

    public override void StopJob(bool force, string reason) => StopJob();

    public override void StopJobAsync()
    {
        _stop.Cancel();
        _running.ContinueWith(
            _ => OnStopJobCompleted(new AsyncCompletedEventArgs(null, cancelled: false, null)), TaskScheduler.Default);
    }

    public override void StopJobAsync(bool force, string reason) => StopJobAsync();

    public override void SuspendJob() => throw new PSNotSupportedException();

    public override void SuspendJob(bool force, string reason) => throw new PSNotSupportedException();

    public override void SuspendJobAsync() => throw new PSNotSupportedException();

    public override void SuspendJobAsync(bool force, string reason) => throw new PSNotSupportedException();

    public override void ResumeJob() => throw new PSNotSupportedException();

    public override void ResumeJobAsync() => throw new PSNotSupportedException();

    public override void UnblockJob() => throw new PSNotSupportedException();

    public override void UnblockJobAsync() => throw new PSNotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_stop.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        base.Dispose(disposing);
    }

    private async Task RunAsync()
    {
        try
        {
            await _work.RunAsync(_output, _stop.Token).ConfigureAwait(false);
            End(_output.HasErrors ? JobState.Failed : JobState.Completed);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            End(JobState.Stopped);
        }
        catch (Exception e)
        {
            // No caller catches the exceptions of this thread, so the job shows each of them.
            _output.Error(HcsErrors.From(e, $"run the job for '{_work.Name}'", _work.Name));
            End(JobState.Failed);
        }
    }

    private void End(JobState state) => HcsJobSourceAdapter.WhileFound(_parent, () => SetJobState(state));

    private static bool IsFinished(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Stopped;
}
