using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Targets;

/// <summary>What every command that takes processes has in common.</summary>
public sealed class ProcessCommandTests(Session session) : SessionTests(session)
{
    private const string ByIds = "-ContainerId $all[0].ContainerId -ProcessId $all.ProcessId";

    public static TheoryData<string> Commands => [.. ProcessCommand.All.Select(c => c.Text)];

    public static TheoryData<string> PipelineCommands => [.. ProcessCommand.All.Where(c => !c.TakesInput).Select(c => c.Text)];

    public static TheoryData<string> ActingCommands => [.. ProcessCommand.All.Where(c => c.Effect is not null).Select(c => c.Text)];

    [Fact]
    public void Every_command_that_takes_processes_is_here() => Assert.Equal(
        Session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet | Where-Object { $_.Parameters['Process'] } | "
            + "ForEach-Object Name").Select(name => name.ToString()).Order(),
        ProcessCommand.All.Select(c => c.Name).Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_takes_objects_and_ids_as_arguments(string text)
    {
        ProcessCommand command = Find(text);
        foreach (string targets in new[] { "$all", "-Process $all", "$all[0].ContainerId $all.ProcessId", ByIds })
        {
            PSObject[] all = command.Prepare(Session);
            RequireActed(command, all, Session.Run(command.On(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(PipelineCommands))]
    public void It_takes_objects_and_ids_from_the_pipeline(string text)
    {
        ProcessCommand command = Find(text);
        foreach (string targets in new[]
        {
            "$all",
            "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($all))",
            "($all | ForEach-Object { [pscustomobject]@{ ContainerId = $_.ContainerId; Pid = $_.ProcessId } })",
        })
        {
            PSObject[] all = command.Prepare(Session);
            RequireActed(command, all, Session.Run(command.From(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_live_object_of_another_host_is_acted_on_there(string text)
    {
        ProcessCommand command = Find(text);
        using var other = new Session();
        foreach (string call in command.TakesInput ? [command.On("$all")] : new[] { command.On("$all"), command.From("$all") })
        {
            PSObject[] all = command.Prepare(other);
            RequireActed(command, all, Session.Run(call, ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Another_host_than_the_processs_own_is_refused(string text)
    {
        ProcessCommand command = Find(text);
        using var other = new Session();
        PSObject[] all = command.Prepare(Session);
        ScriptResult result = Session.Run(command.On("$all") + " -HcsHost $h", ("all", all), ("h", other.HostName));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("HcsHostMismatch", e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Empty(result.Output);
        Assert.All(all, t => Assert.False(command.Effect is not null && command.HasActed(Session, t)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_bad_id_among_good_ones_is_one_error(string text)
    {
        ProcessCommand command = Find(text);
        PSObject[] all = command.Prepare(Session);
        ScriptResult result = Session.Run(
            command.On("$all[0].ContainerId $all[0].ProcessId, 4000000000, $all[1].ProcessId"), ("all", all));
        if (command.ForgivesStrangers)
        {
            result.RequireNoErrors();
        }
        else
        {
            Assert.Contains("4000000000", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        }

        RequireActed(command, all, result);
    }

    [Theory]
    [MemberData(nameof(ActingCommands))]
    public void WhatIf_does_nothing(string text)
    {
        ProcessCommand command = Find(text);
        PSObject[] all = command.Prepare(Session);
        foreach (string targets in new[] { "$all", ByIds })
        {
            Assert.Empty(Session.Get(command.On(targets) + " -WhatIf", ("all", all)));
            Assert.All(all, t => Assert.False(command.HasActed(Session, t)));
        }
    }

    [Theory]
    [MemberData(nameof(ActingCommands))]
    public void PassThru_gives_the_targets(string text)
    {
        ProcessCommand command = Find(text);
        foreach (string targets in new[] { "$all", ByIds })
        {
            PSObject[] all = command.Prepare(Session);
            IReadOnlyList<PSObject> passed = Session.Get(command.On(targets) + " -PassThru", ("all", all));
            Assert.Equal(all.Select(Id), passed.Select(Id));
        }
    }

    private static ProcessCommand Find(string text) => ProcessCommand.All.Single(c => c.Text == text);

    private static uint Id(PSObject process) => (uint)process.Properties["ProcessId"].Value;

    private void RequireActed(ProcessCommand command, PSObject[] targets, ScriptResult result)
    {
        Assert.Equal(command.Effect is null ? targets.Length : 0, result.Output.Count);
        if (command.Effect is not null)
        {
            Assert.All(targets, t => Poll.Until(() => command.HasActed(Session, t), $"{command} to act"));
        }
    }
}
