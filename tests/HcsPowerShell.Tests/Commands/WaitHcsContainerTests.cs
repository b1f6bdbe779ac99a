using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class WaitHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_returns_how_the_container_ended_to_an_early_waiter()
    {
        dynamic container = Session.NewRunning();
        using RunningScript waiting = Session.Begin("$c | Wait-HcsContainer", ("c", container));
        using var other = Session.WithoutHost();
        other.Get("Stop-HcsContainer $c", ("c", container));
        waiting.Wait();
        dynamic status = Assert.Single(waiting.Output).BaseObject;
        Assert.Equal((string)container.Id, (string)status.ContainerId);
        Assert.Equal("GracefulExit", (string)status.ExitType);
        Assert.Equal(0, (int)status.Status);
        Assert.NotNull((DateTimeOffset?)status.ExitTime);
        Assert.Equal("GracefulExit", (string)container.ExitStatus.ExitType);
        Assert.Equal("Stopped", (string)container.State);
    }

    [Fact]
    public void A_late_waiter_gets_it_too_by_object_and_by_id()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c -Force", ("c", container));
        Assert.Equal("ForcedExit", (string)Session.Single("Wait-HcsContainer $c").ExitType);
        Assert.Equal("ForcedExit", (string)Session.Single("$c | Wait-HcsContainer -TimeoutSec 0").ExitType);
        Assert.Equal("ForcedExit", (string)Session.Single("Wait-HcsContainer $c.Id").ExitType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Running_out_of_time_is_an_error_that_ends_nothing(int seconds)
    {
        dynamic container = Session.NewRunning();
        ScriptResult result = Session.Run(
            "Wait-HcsContainer $c -TimeoutSec $s; 'went on'", ("c", container), ("s", seconds));
        ErrorRecord error = result.RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
        Assert.Contains((string)container.Id, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-TimeoutSec", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("went on", result.Output.Single().BaseObject);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Any_ends_with_the_first_that_exits()
    {
        dynamic stays = Session.NewRunning();
        dynamic goes = Session.NewRunning();
        Session.Get("Stop-HcsContainer $b -Force", ("b", goes));
        dynamic status = Session.Single("$a, $b | Wait-HcsContainer -Any", ("a", stays), ("b", goes));
        Assert.Equal((string)goes.Id, (string)status.ContainerId);
        Assert.Equal("Running", Session.StateOf((string)stays.Id));
    }

    [Fact]
    public void Any_that_looks_once_finds_the_one_that_has_exited()
    {
        object[] all = [Session.NewRunning(), Session.NewRunning()];
        Session.Get("Stop-HcsContainer $b -Force", ("b", all[1]));
        dynamic found = Session.Run("$all | Wait-HcsContainer -Any -TimeoutSec 0", ("all", all)).Output.Single().BaseObject;
        Assert.Equal((string)((dynamic)all[1]).Id, (string)found.ContainerId);
    }

    [Fact]
    public void Any_of_several_that_have_exited_is_one()
    {
        object[] all = [Session.NewRunning(), Session.NewRunning()];
        Session.Get("Stop-HcsContainer $all -Force", ("all", all));
        Assert.Single(Session.Get("$all | Wait-HcsContainer -Any"));
    }

    [Fact]
    public void Many_are_waited_for_at_once_and_the_progress_is_shown()
    {
        string prefix = Session.NewId();
        object[] all = [.. Session.Get("1..50 | ForEach-Object { New-HcsContainer \"$p-$_\" -Start }", ("p", prefix))];
        using RunningScript waiting = Session.Begin("$all | Wait-HcsContainer", ("all", all));
        using var other = Session.WithoutHost();
        other.Get("$all | Stop-HcsContainer -Force", ("all", all));
        waiting.Wait();
        Assert.Empty(waiting.Errors);
        Assert.Equal(50, waiting.Output.Select(s => (string)((dynamic)s.BaseObject).ContainerId).Distinct().Count());
        Assert.NotEmpty(waiting.Progress);
    }

    [Fact]
    public void One_that_runs_out_of_time_does_not_hide_the_others()
    {
        dynamic stays = Session.NewRunning();
        dynamic goes = Session.NewRunning();
        Session.Get("Stop-HcsContainer $b -Force", ("b", goes));
        ScriptResult result = Session.Run(
            "$a, 'missing', $b | Wait-HcsContainer -TimeoutSec 0", ("a", stays), ("b", goes));
        Assert.Equal((string)goes.Id, (string)((dynamic)Assert.Single(result.Output).BaseObject).ContainerId);
        Assert.Equal(
            ["HcsOperationTimeout", "HcsSystemNotFound"],
            result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
    }

    [Fact]
    public void It_waits_for_a_container_that_is_not_started_yet()
    {
        dynamic container = Session.NewContainer();
        using RunningScript waiting = Session.Begin("Wait-HcsContainer $id", ("id", (string)container.Id));
        using var other = Session.WithoutHost();
        other.Get("$c | Start-HcsContainer -PassThru | Stop-HcsContainer", ("c", container));
        waiting.Wait();
        Assert.Equal("GracefulExit", (string)((dynamic)Assert.Single(waiting.Output).BaseObject).ExitType);
    }
}
