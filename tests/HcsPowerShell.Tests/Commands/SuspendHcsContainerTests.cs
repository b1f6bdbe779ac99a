using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class SuspendHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_halts_every_process_of_the_container()
    {
        dynamic container = Session.NewRunning();
        int process = (int)Session.StartProcess(container, "sleep", "100").ProcessId;
        Assert.Equal("Paused", (string)Session.Single("$c | Suspend-HcsContainer -PassThru", ("c", container)).State);
        Assert.Equal("Paused", Session.StateOf((string)container.Id));
        Poll.Until(() => ProcessTable.StateOf(process) == 'T', "the process to halt");
    }

    [Fact]
    public void It_takes_ids_and_patterns()
    {
        string prefix = Session.NewId();
        Session.Get("1..2 | ForEach-Object { New-HcsContainer \"$p-$_\" -Start }; Suspend-HcsContainer \"$p*\"", ("p", prefix));
        Assert.Equal(["Paused", "Paused"], new[] { "-1", "-2" }.Select(n => Session.StateOf(prefix + n)));
    }

    [Fact]
    public void WhatIf_suspends_nothing()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Suspend-HcsContainer $c -WhatIf", ("c", container));
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void Only_a_running_container_can_be_suspended_and_the_others_are_suspended_all_the_same()
    {
        dynamic created = Session.NewContainer();
        dynamic running = Session.NewRunning();
        ScriptResult result = Session.Run("$a, $b | Suspend-HcsContainer", ("a", created), ("b", running));
        ErrorRecord error = result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Contains($"Cannot suspend container '{created.Id}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Paused", Session.StateOf((string)running.Id));
        Session.Run("$b | Suspend-HcsContainer").RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void A_paused_container_can_be_stopped()
    {
        dynamic container = Session.NewRunning();
        int process = (int)Session.StartProcess(container, "sleep", "100").ProcessId;
        Session.Get("Suspend-HcsContainer $c; Stop-HcsContainer $c", ("c", container));
        Assert.Null(Session.StateOf((string)container.Id));
        ProcessTable.WaitUntilGone(process);
    }
}
