using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class StartHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_starts_a_container_named_by_object()
    {
        dynamic container = Session.NewContainer();
        Assert.Empty(Session.Get("Start-HcsContainer $c", ("c", container)));
        Assert.Equal("Running", (string)container.State);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void It_starts_a_container_named_by_id()
    {
        string id = Session.NewContainer().Id;
        Session.Get("Start-HcsContainer -Id $id", ("id", id));
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Fact]
    public void It_starts_all_that_match_a_pattern()
    {
        string prefix = Session.NewId();
        Session.Get("1..3 | ForEach-Object { New-HcsContainer \"$p-$_\" }; Start-HcsContainer \"$p-*\"", ("p", prefix));
        Assert.Equal(3, Session.Get("Get-HcsContainer \"$p-*\" -State Running").Count);
    }

    [Fact]
    public void PassThru_gives_the_container_in_its_new_state()
    {
        dynamic container = Session.NewContainer();
        Assert.Same((object)container, (object)Session.Single("$c | Start-HcsContainer -PassThru", ("c", container)));
        dynamic other = Session.Single("Start-HcsContainer $id -PassThru", ("id", (string)Session.NewContainer().Id));
        Assert.Equal("Running", (string)other.State);
    }

    [Fact]
    public void WhatIf_starts_nothing()
    {
        dynamic container = Session.NewContainer();
        Assert.Empty(Session.Get("Start-HcsContainer $c -WhatIf -PassThru", ("c", container)));
        Assert.Equal("Created", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void A_second_start_is_refused_and_does_no_harm()
    {
        dynamic container = Session.NewRunning();
        ErrorRecord error = Session.Run("Start-HcsContainer $c", ("c", container))
            .RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Contains($"Cannot start container '{container.Id}'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("0x80370105", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void A_container_that_has_exited_cannot_be_started()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c -Force", ("c", container));
        Session.Run("Start-HcsContainer $c", ("c", container))
            .RequireError("HcsSystemAlreadyStopped", ErrorCategory.InvalidOperation);
        Session.Run("Start-HcsContainer $id", ("id", (string)container.Id))
            .RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_start()
    {
        string[] good = [Session.NewContainer().Id, Session.NewContainer().Id];
        ScriptResult result = Session.Run(
            "Start-HcsContainer $good[0], 'missing', $good[1] -PassThru", ("good", good));
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(good, result.Output.Select(c => (string)((dynamic)c.BaseObject).Id));
        Assert.All(good, id => Assert.Equal("Running", Session.StateOf(id)));
    }
}
