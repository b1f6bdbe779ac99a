using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Targets;

/// <summary>What every command that takes containers has in common.</summary>
public sealed class ContainerCommandTests(Session session) : SessionTests(session)
{
    public static TheoryData<string> Commands => [.. ContainerCommand.All.Select(c => c.Text)];

    public static TheoryData<string> PipelineCommands => [.. ContainerCommand.All.Where(c => !c.TakesInput).Select(c => c.Text)];

    public static TheoryData<string> CommandsOfOneHost =>
        [.. ContainerCommand.All.Select(c => c.Text).Where(text => text != "Get-HcsContainer")];

    public static TheoryData<string> ActingCommands =>
        [.. ContainerCommand.All.Where(c => c.Effect is not null || c.TakesInput).Select(c => c.Text)];

    public static TheoryData<string> PassingCommands =>
        [.. ContainerCommand.All.Where(c => c.Effect is not null && c.OutputPerTarget == 0).Select(c => c.Text)];

    /// <remarks>Enter-HcsContainer needs a terminal, and is tested on one.</remarks>
    [Fact]
    public void Every_command_that_takes_containers_is_here() => Assert.Equal(
        Session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet | Where-Object { $_.Parameters['Container'] } | "
            + "ForEach-Object Name").Select(name => name.ToString()).Order(),
        ContainerCommand.All.Select(c => c.Name).Append("Enter-HcsContainer").Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_takes_objects_and_ids_as_arguments(string text)
    {
        ContainerCommand command = Find(text);
        foreach (string targets in new[] { "$all", "-Container $all", "$all.Id", "-Id $all.Id", "-ContainerId $all.Id" })
        {
            PSObject[] all = [command.Prepare(Session), command.Prepare(Session)];
            RequireActed(command, all, Session.Run(command.On(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(PipelineCommands))]
    public void It_takes_objects_and_ids_from_the_pipeline(string text)
    {
        ContainerCommand command = Find(text);
        foreach (string targets in new[]
        {
            "$all",
            "$all.Id",
            "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($all))",
            "($all | ForEach-Object { [pscustomobject]@{ ContainerId = $_.Id } })",
        })
        {
            PSObject[] all = [command.Prepare(Session), command.Prepare(Session)];
            RequireActed(command, all, Session.Run(command.From(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_live_object_of_another_host_is_acted_on_there(string text)
    {
        ContainerCommand command = Find(text);
        using var other = new Session();
        foreach (string call in command.TakesInput ? [command.On("$all")] : new[] { command.On("$all"), command.From("$all") })
        {
            PSObject[] all = [command.Prepare(other)];
            ScriptResult result = Session.Run(call, ("all", all)).RequireNoErrors();
            RequireActed(command, all, result, other);
        }
    }

    /// <remarks>Get-HcsContainer looks on whatever host it is told.</remarks>
    [Theory]
    [MemberData(nameof(CommandsOfOneHost))]
    public void Another_host_than_the_objects_own_is_refused(string text)
    {
        ContainerCommand command = Find(text);
        using var other = new Session();
        PSObject[] all = [command.Prepare(Session)];
        ErrorRecord error = Session.Run(command.On("$all") + " -HcsHost $h", ("all", all), ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Contains($"host '{Session.HostName}', not on '{other.HostName}'", error.ToString(), StringComparison.Ordinal);
        Assert.False(command.Effect is not null && command.HasActed(Session, all[0]));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_bad_id_among_good_ones_is_one_error(string text)
    {
        ContainerCommand command = Find(text);
        PSObject[] all = [command.Prepare(Session), command.Prepare(Session)];
        ScriptResult result = Session.Run(command.On("-Id $all[0].Id, 'never-seen', $all[1].Id"), ("all", all));
        if (command.ForgivesStrangers)
        {
            result.RequireNoErrors();
        }
        else
        {
            ErrorRecord error = result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
            Assert.Contains("'never-seen'", error.ToString(), StringComparison.Ordinal);
        }

        RequireActed(command, all, result);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_bad_object_among_good_ones_is_one_error(string text)
    {
        ContainerCommand command = Find(text);
        PSObject[] all = [command.Prepare(Session), command.Prepare(Session)];
        PSObject bad;
        using (var gone = new Session())
        {
            bad = command.Prepare(gone);
        }

        ScriptResult result = Session.Run(command.On("$all[0], $bad, $all[1]"), ("all", all), ("bad", bad));
        Assert.Equal(command.ForgivesGone ? 0 : 1, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Contains(Id(bad), error.ToString(), StringComparison.Ordinal));
        RequireActed(command, all, result, gone: command.Name == "Wait-HcsContainer" ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(ActingCommands))]
    public void WhatIf_does_nothing(string text)
    {
        ContainerCommand command = Find(text);
        PSObject[] all = [command.Prepare(Session)];
        foreach (string targets in new[] { "$all", "$all.Id" })
        {
            Assert.Empty(Session.Get(command.On(targets) + " -WhatIf", ("all", all)));
            Assert.False(command.Effect is not null && command.HasActed(Session, all[0]));
        }
    }

    [Theory]
    [MemberData(nameof(PassingCommands))]
    public void PassThru_gives_the_targets_and_nothing_comes_without(string text)
    {
        ContainerCommand command = Find(text);
        foreach (string targets in new[] { "$all", "$all.Id" })
        {
            PSObject[] all = [command.Prepare(Session), command.Prepare(Session)];
            IReadOnlyList<PSObject> passed = Session.Get(command.On(targets) + " -PassThru", ("all", all));
            Assert.Equal(all.Select(Id), passed.Select(Id));
        }
    }

    [Fact]
    public void Every_acting_command_has_WhatIf_and_PassThru_unless_it_gives_what_it_made()
    {
        foreach (ContainerCommand command in ContainerCommand.All.Where(c => c.Effect is not null || c.TakesInput))
        {
            IReadOnlyList<PSObject> names = Session.Get("(Get-Command $n).Parameters.Keys", ("n", command.Name));
            Assert.Contains("WhatIf", names.Select(n => n.ToString()));
            Assert.Equal(command.OutputPerTarget == 0 || command.PassesResult, names.Any(n => n.ToString() == "PassThru"));
        }
    }

    private static ContainerCommand Find(string text) => ContainerCommand.All.Single(c => c.Text == text);

    private static string Id(PSObject container) => (string)container.Properties["Id"].Value;

    private void RequireActed(
        ContainerCommand command, PSObject[] targets, ScriptResult result, Session? host = null, int gone = 0)
    {
        Assert.Equal(command.OutputPerTarget * (targets.Length + gone), result.Output.Count);
        if (command.Effect is not null)
        {
            Assert.All(targets, t => Poll.Until(() => command.HasActed(host ?? Session, t), $"{command} to act"));
        }
    }
}
