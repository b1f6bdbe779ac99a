using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that every command with -AsJob returns a job that does its work, and no job under -WhatIf.</summary>
public sealed class AsJobTests(Session session) : SessionTests(session)
{
    /// <summary>The command, its target, and whether the job ends by itself.</summary>
    public static TheoryData<string, string, bool> Commands => new()
    {
        { "Connect-HcsEndpoint", "web $c.Id -HcsHost $networks", true },
        { "Disconnect-HcsEndpoint", "web $c.Id -HcsHost $networks", true },
        { "Dismount-HcsLayer", "app -HcsHost $layers", true },
        { "Get-HcsStatistics", "$c -Continuous -SampleCount 1", true },
        { "Import-HcsImage", "-Reference busybox -HcsHost $layers", true },
        { "Initialize-HcsLayer", "base -HcsHost $layers", true },
        { "Invoke-HcsProcess", "$c 'echo hi'", true },
        { "Mount-HcsLayer", "app -HcsHost $layers", true },
        { "New-HcsContainer", "-Owner me", true },
        { "New-HcsEndpoint", "db -HcsHost $networks", true },
        { "New-HcsLayer", "app base -HcsHost $layers", true },
        { "New-HcsNetwork", "new -HcsHost $networks", true },
        { "Remove-HcsEndpoint", "web -HcsHost $networks", true },
        { "Remove-HcsImage", "busybox -HcsHost $layers", true },
        { "Remove-HcsLayer", "app -HcsHost $layers", true },
        { "Remove-HcsNetwork", "empty -HcsHost $networks", true },
        { "Restart-HcsContainer", "$paused", true },
        { "Resume-HcsContainer", "$paused", true },
        { "Set-HcsContainer", "$c -ResourceType Network -RequestType Add -Settings e", true },
        { "Set-HcsEndpoint", "web -PortMapping 80 -HcsHost $networks", true },
        { "Start-HcsContainer", "$created", true },
        { "Start-HcsProcess", "$c 'sleep 100'", true },
        { "Stop-HcsContainer", "$c", true },
        { "Stop-HcsProcess", "$p", true },
        { "Suspend-HcsContainer", "$c", true },
        { "Wait-HcsContainer", "$c", false },
        { "Wait-HcsProcess", "$p", false },
        { "Watch-HcsEvent", "$c", false },
    };

    /// <summary>Commands that need a virtual machine, which no embedded host has, and their targets.</summary>
    public static TheoryData<string, string> OfMachines => new()
    {
        { "Debug-HcsContainer", "$c -Crash -Confirm:$false" },
        { "Save-HcsContainer", "$c ./saved.vmrs" },
    };

    [Fact]
    public void Every_command_with_AsJob_is_tried() =>
        Assert.Equal(
            Session.Get(
                "Get-Command -Module HcsPowerShell -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('AsJob') } |"
                + " ForEach-Object Name").Select(n => (string)n.BaseObject).Order(StringComparer.Ordinal),
            Commands.Select(c => c.Data.Item1).Concat(OfMachines.Select(c => c.Data.Item1)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_gives_a_job_with_one_child_and_none_under_WhatIf(string command, string arguments, bool ends)
    {
        (GivenLayers layers, GivenNetworks networks) = Prepare();
        bool canAsk = (bool)Session.Single($"(Get-Command {command}).Parameters.ContainsKey('WhatIf')");
        if (canAsk)
        {
            string states = States();
            Assert.Empty(Session.Get($"{command} {arguments} -AsJob -WhatIf"));
            Assert.Empty(Session.Get("Get-Job"));
            Assert.Equal(states, States());
            Assert.Empty(layers.Changes);
            Assert.Empty(networks.Changes);
        }

        var job = (Job)Session.Single($"$job = {command} {arguments} -AsJob; $job");
        Assert.Equal("HcsJob", job.PSJobTypeName);
        Job child = Assert.Single(job.ChildJobs);
        if (ends)
        {
            Poll.Until(() => job.JobStateInfo.State is JobState.Completed or JobState.Failed, "the job to end");
            Assert.Equal(JobState.Completed, job.JobStateInfo.State);
            Assert.Equal(
                command.Split('-')[1] is "HcsLayer" or "HcsImage" ? 1 : 0, layers.Changes.Count);
            Assert.Equal(
                command.Split('-')[1] is "HcsEndpoint" or "HcsNetwork" ? 1 : 0, networks.Changes.Count);
        }
        else
        {
            Assert.Equal(JobState.Running, child.JobStateInfo.State);
            Session.Get("Stop-Job $job");
            Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        }

        Session.Get("Remove-Job $job -Force");
    }

    [Theory]
    [MemberData(nameof(OfMachines))]
    public void It_gives_a_job_that_fails_where_there_is_no_virtual_machine(string command, string arguments)
    {
        Prepare();
        Assert.Empty(Session.Get($"{command} {arguments} -AsJob -WhatIf"));
        var job = (Job)Session.Single($"$job = {command} {arguments} -AsJob; $job");
        Poll.Until(() => job.JobStateInfo.State is JobState.Completed or JobState.Failed, "the job to end");
        Assert.Equal(JobState.Failed, job.JobStateInfo.State);
        ErrorRecord error = Assert.Single(Assert.Single(job.ChildJobs).Error);
        Assert.Equal("HcsNotAMachine", error.FullyQualifiedErrorId);
        Assert.Equal("Running", Session.Single("(Get-HcsContainer $c).State"));
        Session.Get("Remove-Job $job");
    }

    /// <summary>Returns the layers of the host that $layers is, and the networks of the host that $networks is.</summary>
    private (GivenLayers Layers, GivenNetworks Networks) Prepare()
    {
        (object host, GivenLayers layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        (object other, GivenNetworks networks) = ServiceProxy.HostOf<GivenNetworks>(Session);
        networks.Put("Network", """{"Name":"nat"}""");
        networks.Put("Network", """{"Name":"empty","Owner":"HcsPowerShell"}""");
        networks.Put("Endpoint", """{"Name":"web","Owner":"HcsPowerShell"}""");
        Session.Get(
            "Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false; $c = New-HcsContainer -Start;"
            + " $created = New-HcsContainer; $p = Start-HcsProcess $c 'sleep 100'; $paused = New-HcsContainer -Start;"
            + " Suspend-HcsContainer $paused",
            ("layers", host),
            ("networks", other));
        return (layers, networks);
    }

    private string States() => string.Join("\n", Session.Get(
        "Get-HcsContainer | ForEach-Object { \"$($_.Id) $($_.State)\" }; $p.HasExited").Select(s => s.ToString()).Order());
}
