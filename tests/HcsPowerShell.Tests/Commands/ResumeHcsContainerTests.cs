using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ResumeHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_lets_the_processes_go_on()
    {
        dynamic container = Session.NewRunning();
        int process = (int)Session.StartProcess(container, "sleep", "100").ProcessId;
        Session.Get("Suspend-HcsContainer $c", ("c", container));
        Assert.Same((object)container, (object)Session.Single("$c | Resume-HcsContainer -PassThru"));
        Assert.Equal("Running", (string)container.State);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Poll.Until(() => ProcessTable.StateOf(process) == 'S', "the process to go on");
    }

    [Fact]
    public void It_takes_ids_and_patterns()
    {
        string id = Session.NewRunning().Id;
        Session.Get("Suspend-HcsContainer $id; Resume-HcsContainer \"$id*\"", ("id", id));
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Fact]
    public void WhatIf_resumes_nothing()
    {
        string id = Session.NewRunning().Id;
        Session.Get("Suspend-HcsContainer $id; Resume-HcsContainer $id -WhatIf", ("id", id));
        Assert.Equal("Paused", Session.StateOf(id));
    }

    [Fact]
    public void Only_a_paused_container_can_be_resumed_and_the_others_are_resumed_all_the_same()
    {
        string running = Session.NewRunning().Id;
        string paused = Session.NewRunning().Id;
        ScriptResult result = Session.Run(
            "Suspend-HcsContainer $b; $a, $b | Resume-HcsContainer", ("a", running), ("b", paused));
        ErrorRecord error = result.RequireError("HcsInvalidState", ErrorCategory.InvalidOperation);
        Assert.Contains($"Cannot resume container '{running}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf(paused));
    }
}
