using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class RestartHcsContainerTests(Session session) : FaultySession(session)
{
    [Theory]
    [InlineData("Restart-HcsContainer $c -PassThru")]
    [InlineData("$c | Restart-HcsContainer -PassThru")]
    [InlineData("Restart-HcsContainer $c.Id -PassThru")]
    [InlineData("Restart-HcsContainer $c -Force -PassThru")]
    [InlineData("Restart-HcsContainer $c -AsJob -PassThru | Receive-Job -Wait")]
    [InlineData("Suspend-HcsContainer $c; Restart-HcsContainer $c -PassThru")]
    [InlineData("Stop-HcsContainer $c; Restart-HcsContainer $c -PassThru")]
    public void It_is_another_container_from_the_same_document(string command)
    {
        string id = Session.NewId();
        Session.Get(
            "$c = New-HcsContainer @{ Name = $id; HostName = 'again'; Owner = 'me'; Credentials = 'S3CRET' } -Start 3>$null"
            + "; $p = Start-HcsProcess $c 'sleep 100'; $before = $c | ConvertTo-HcsJson",
            ("id", id));
        dynamic container = Session.Single(command);
        Assert.Equal(id, (string)container.Id);
        Assert.Equal("Running", (string)container.State);
        Assert.Equal("Running", Session.StateOf(id));
        Assert.Equal("me", Session.Single("(Get-HcsContainer $id).Owner"));
        Poll.Until(() => (bool)Session.Single("$p.HasExited"), "the process of the first container to be told");
        Assert.Empty(Session.Get("Get-HcsProcess $id"));
        Assert.Equal((string)Session.Single("$before"), Session.Single("Get-HcsContainer $id | ConvertTo-HcsJson"));
    }

    [Fact]
    public void The_object_of_the_container_goes_on_with_the_new_one()
    {
        Session.Get("$c = New-HcsContainer -Start; Restart-HcsContainer $c");
        Assert.Equal("Running", Session.Single("$c.State"));
        Assert.Null(Session.Single("@{ E = $c.ExitStatus }")["E"]);
        Assert.Equal("hi", Session.Single("Invoke-HcsProcess $c 'echo hi'"));
    }

    [Fact]
    public void A_container_of_schema_2_is_created_in_schema_2() => Assert.StartsWith(
        "{\"Owner\":\"HcsPowerShell\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1}",
        (string)Session.Single(
            "$c = New-HcsContainer -SchemaVersion 2 -Start; Restart-HcsContainer $c -PassThru | ConvertTo-HcsJson"),
        StringComparison.Ordinal);

    [Fact]
    public void Without_its_document_it_is_refused_before_it_is_stopped()
    {
        (object host, _) = ServiceProxy.HostOf<CallTimes>(Session);
        string id = (string)Session.NewRunning().Id;
        ErrorRecord error = Session.Run("Restart-HcsContainer $id -HcsHost $h", ("id", id), ("h", host))
            .RequireError("HcsNoConfiguration", ErrorCategory.ObjectNotFound);
        Assert.Contains($"Cannot restart container '{id}': this PowerShell process did not create it", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Start")]
    public void A_creation_that_fails_tells_the_document_with_its_secrets_masked(string operation)
    {
        Session.Get("$c = New-HcsContainer @{ HostName = 'again'; Credentials = 'S3CRET' } -Start 3>$null");
        Plan($"Operation = '{operation}'; HResult = '0x800705AF'");
        ErrorRecord error = Session.Run("Restart-HcsContainer $c").RequireError("HcsOutOfMemory", ErrorCategory.ResourceUnavailable);
        Assert.Contains("has been stopped; its configuration, with secrets masked, is: {", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"HostName\":\"again\"", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"Credentials\":\"***\"", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", error.ToString(), StringComparison.Ordinal);
        Assert.Null(Session.StateOf((string)Session.Single("$c.Id")));
        Plan();
        Session.Get("Restart-HcsContainer $c");
        Assert.Equal("Running", Session.StateOf((string)Session.Single("$c.Id")));
    }

    [Fact]
    public void A_container_that_does_not_shut_down_leaves_time_for_its_creation()
    {
        Session.Get("$c = New-HcsContainer -Start; $null = Start-HcsProcess $c -- sh -c 'trap \"\" TERM; while :; do sleep 1; done'");
        Session.Get("Restart-HcsContainer $c -TimeoutSec 4");
        Assert.Equal("Running", Session.StateOf((string)Session.Single("$c.Id")));
    }

    [Fact]
    public void WhatIf_restarts_nothing_and_one_bad_target_is_one_error()
    {
        Session.Get("$c = New-HcsContainer -Start; $p = Start-HcsProcess $c 'sleep 100'; Restart-HcsContainer $c -WhatIf");
        Assert.Equal(false, Session.Single("$p.HasExited"));
        ScriptResult result = Session.Run("Restart-HcsContainer 'never-seen', $c.Id -PassThru");
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal((string)Session.Single("$c.Id"), Assert.Single(result.Output).ToString());
    }
}
