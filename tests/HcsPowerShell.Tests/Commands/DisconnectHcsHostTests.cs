using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class DisconnectHcsHostTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void It_ends_an_embedded_host_with_every_container_and_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        dynamic container = _session.NewRunning();
        int process = (int)_session.StartProcess(container, "sh", "-c", "trap '' TERM; while :; do sleep 1; done").ProcessId;
        _session.Get("Disconnect-HcsHost");
        ProcessTable.WaitUntilGone(process);
        Poll.Until(() => (object?)container.ExitStatus is not null, "the exit to be known");
        Assert.Equal("ForcedExit", (string)container.ExitStatus.ExitType);
        Assert.DoesNotContain(_session.HostName, _session.Get("Get-HcsHost -All | ForEach-Object Name").Select(n => (string)n.BaseObject));
    }

    [Fact]
    public void A_container_of_a_host_that_has_ended_says_so()
    {
        dynamic container = _session.NewRunning();
        _session.Get("Disconnect-HcsHost $n", ("n", _session.HostName));
        _session.Run("Start-HcsProcess $c 'sleep 100'", ("c", container))
            .RequireError("HcsSystemAlreadyStopped", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void WhatIf_ends_nothing()
    {
        string id = _session.NewRunning().Id;
        _session.Get("Disconnect-HcsHost -WhatIf");
        Assert.Equal("Running", _session.StateOf(id));
    }

    [Fact]
    public void Another_host_goes_on()
    {
        using var other = new Session();
        string id = other.NewRunning().Id;
        _session.Get("Disconnect-HcsHost $n", ("n", _session.HostName));
        Assert.Equal("Running", other.StateOf(id));
    }
}
