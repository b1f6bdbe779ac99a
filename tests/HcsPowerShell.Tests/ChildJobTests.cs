using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests the child job of one target, with work that the test defines.</summary>
public sealed class ChildJobTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData(null)]
    [InlineData("Object")]
    [InlineData("Error")]
    [InlineData("Warning")]
    [InlineData("Verbose")]
    [InlineData("Progress")]
    public async Task A_job_that_has_ended_has_more_data_while_any_stream_has(string? stream)
    {
        using Job2 job = Make((output, unused) =>
        {
            object? value = stream switch
            {
                null => null,
                "Error" => new ErrorRecord(new InvalidOperationException(), "Id", ErrorCategory.NotSpecified, null),
                "Progress" => new ProgressRecord(1, "activity", "status"),
                _ => "text",
            };
            if (stream is not null)
            {
                output.GetType().GetMethod(stream)!.Invoke(output, [value]);
            }

            return Task.CompletedTask;
        });
        Assert.True(job.HasMoreData);
        job.StartJob();
        await Waits.Until(() => job.JobStateInfo.State is JobState.Completed or JobState.Failed);
        Assert.Equal(stream is not null, job.HasMoreData);
        Assert.Equal(stream == "Error" ? JobState.Failed : JobState.Completed, job.JobStateInfo.State);
        job.Output.Clear();
        job.Error.Clear();
        job.Warning.Clear();
        job.Verbose.Clear();
        job.Progress.Clear();
        Assert.False(job.HasMoreData);
    }

    [Fact]
    public async Task A_job_that_is_disposed_waits_no_more()
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        Job2 job = Make((_, stop) =>
        {
            begun.SetResult(stop);
            return Task.Delay(Timeout.Infinite, stop);
        });
        job.StartJob();
        CancellationToken told = await begun.Task.Within();
        job.Dispose();
        Assert.True(told.IsCancellationRequested);
    }

    [Fact]
    public void A_job_has_stopped_when_its_stop_comes_back()
    {
        using var ending = new ManualResetEventSlim();
        using Job2 job = Make(async (_, stop) =>
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stop));
            await Task.Delay(100, CancellationToken.None);
            ending.Set();
            stop.ThrowIfCancellationRequested();
        });
        job.StartJob();
        job.StopJob();
        Assert.True(ending.IsSet);
        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
    }

    [Fact]
    public async Task A_job_that_was_removed_is_found_by_the_thread_that_tells_its_end()
    {
        using var parent = new ContainerParentJob("command");
        using Job2 child = Make((_, _) => Task.CompletedTask, parent);
        parent.AddChildJob(child);
        var adapter = (JobSourceAdapter)Activator.CreateInstance(
            child.GetType().Assembly.GetType("HcsPowerShell.Jobs.HcsJobSourceAdapter")!)!;
        Job2?[] found = [];
        parent.StateChanged += (_, e) =>
        {
            if (e.JobStateInfo.State == JobState.Completed)
            {
                // Receive-Job -AutoRemoveJob removes here what its pipeline removed a moment ago.
                found = [Find(parent.InstanceId), Find(Guid.NewGuid())];
            }
        };
        parent.StartJob();
        await Waits.Until(() => found.Length > 0);
        Assert.Equal([parent, null], found);
        Assert.Null(Find(parent.InstanceId));

        Job2? Find(Guid id) => adapter.GetJobByInstanceId(id, true);
    }

    private Job2 Make(Func<object, CancellationToken, Task> work, Job2? parent = null)
    {
        Assembly module = Session.Single("Get-HcsHost").GetType().Assembly;
        object named = Activator.CreateInstance(module.GetType("HcsPowerShell.Execution.TargetWork")!, "target", work)!;
        return (Job2)Activator.CreateInstance(
            module.GetType("HcsPowerShell.Jobs.HcsChildJob")!, parent ?? new ContainerParentJob("command"), named, false)!;
    }
}
