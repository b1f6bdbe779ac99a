using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class CloseHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void The_container_goes_on_and_can_be_waited_for_again()
    {
        dynamic container = Session.NewRunning();
        Assert.Empty(Session.Get("$c | Close-HcsContainer", ("c", container)));
        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Assert.Equal("GracefulExit", (string)Session.Single("Stop-HcsContainer $c; Wait-HcsContainer $c").ExitType);
    }

    [Fact]
    public void One_that_is_to_end_with_its_last_handle_ends()
    {
        string id = Session.NewId();
        Session.Get("$null = New-HcsContainer @{ Name = $id; TerminateOnLastHandleClosed = $true } -Start", ("id", id));
        Assert.Equal("Running", Session.StateOf(id));
        Session.Get("Close-HcsContainer $id -WhatIf");
        Assert.Equal("Running", Session.StateOf(id));
        Session.Get("Close-HcsContainer -Id $id");
        Poll.Until(() => Session.StateOf(id) is null, "the container to end");
    }

    [Fact]
    public void PassThru_gives_the_container_by_object_and_by_id()
    {
        dynamic container = Session.NewRunning();
        Assert.Same((object)container, Session.Single("Close-HcsContainer $c -PassThru", ("c", container)));
        Assert.Equal((string)container.Id, (string)Session.Single("Close-HcsContainer $c.Id -PassThru").Id);
    }

    [Fact]
    public void Nothing_to_close_is_no_error()
    {
        ScriptResult result = Session.Run(
            "$c | Close-HcsContainer; $c | Close-HcsContainer -Verbose; Close-HcsContainer nobody -Verbose", ("c", Session.NewRunning()));
        Assert.Equal(2, result.RequireNoErrors().Verbose.Count(v => v.StartsWith("This session holds no handle", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wait_under_way_ends_with_an_error_and_not_with_an_exit()
    {
        dynamic container = Session.NewRunning();
        using RunningScript waiting = Session.Begin("'ready'; Wait-HcsContainer $c", ("c", container));
        waiting.WaitForOutput(1);
        Poll.Until(() => waiting.Progress.Count > 0, "the wait to begin");
        using var other = Session.WithoutHost();
        other.Get("Close-HcsContainer $c", ("c", container));
        waiting.Wait();
        Assert.Single(waiting.Errors);
        Assert.Single(waiting.Output);
    }
}
