using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Targets;

/// <summary>Tests the common behavior of all commands with targets of one kind.</summary>
/// <param name="session">The session of the commands.</param>
/// <param name="other">A session with another host.</param>
public abstract class TargetCommandTests<TCommand>(Session session, OtherSession other)
    : SessionTests(session), IClassFixture<OtherSession>
    where TCommand : TargetCommand, ITargetCommands<TCommand>
{
    protected const string Revived =
        "([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($all)))";

    // A null property would be refused by itself, so the object has the property only if it has a value.
    private const string Plain =
        "$(if ($null -eq $_.ProcessId) { [pscustomobject]@{ ContainerId = $_.ContainerId } } "
        + "else { [pscustomobject]@{ ContainerId = $_.ContainerId; ProcessId = $_.ProcessId } })";

    // Changes that turn an object of a host in this process into an object from elsewhere.
    private static readonly string[] s_signs =
    [
        "$_.HostInstance = [guid]::NewGuid(); $_",
        "$_.HostInstance = 'no guid'; $_",
        "$_.HostInstance = $null; $_",
        "$_.HostInstance = ''; $_.HcsHost = 'a host that is not here'; $_",
        "$_.HostInstance = $null; $_.PSObject.Properties.Add([psnoteproperty]::new('PSComputerName', 'hostb')); $_",
    ];

    private static readonly string[] s_plainSigns =
    [
        "$o.PSObject.Properties.Add([psnoteproperty]::new('RunspaceId', [guid]::NewGuid())); $o",
        "$o.PSObject.Properties.Add([psnoteproperty]::new('PSComputerName', 'hostb')); $o",
        "$o.PSObject.Properties.Add([psnoteproperty]::new('HostInstance', [guid]::NewGuid())); $o",
    ];

    // A theory finds its data in the class that declares it.
#pragma warning disable CA1000
    public static TheoryData<string> Commands => Where(_ => true);

    public static TheoryData<string> PipelineCommands => Where(c => !c.TakesInput);

    public static TheoryData<string> CommandsOfOneHost => Where(c => !c.LooksOnAnyHost);

    public static TheoryData<string> ActingCommands => Where(c => c.Effect is not null || c.TakesInput);

    public static TheoryData<string> PassingCommands => Where(c => c.Effect is not null && c.OutputPerTarget == 0);
#pragma warning restore CA1000

    /// <summary>The commands with the same targets that other classes test.</summary>
    protected virtual IReadOnlyList<string> Elsewhere => [];

    protected override void Disposed() => other.Session.RequireOnlyKept();

    [Fact]
    public void Every_command_with_these_targets_is_here() => Assert.Equal(
        Session.Get(
            "Get-Command -Module HcsPowerShell -CommandType Cmdlet | Where-Object { $_.Parameters[$p] } | ForEach-Object Name",
            ("p", TCommand.Parameter)).Select(name => name.ToString()).Order(),
        TCommand.All.Select(c => c.Name).Concat(Elsewhere).Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_takes_objects_and_ids_as_arguments(string text)
    {
        TCommand command = Find(text);
        foreach (string targets in (string[])["$all", $"-{TCommand.Parameter} $all", TCommand.ByIds, .. TCommand.Arguments])
        {
            PSObject[] all = command.PrepareTwo(Session);
            RequireActed(command, all, Session.Run(command.On(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(PipelineCommands))]
    public void It_takes_objects_and_ids_from_the_pipeline(string text)
    {
        TCommand command = Find(text);
        foreach (string targets in (string[])["$all", Revived, .. TCommand.Piped])
        {
            PSObject[] all = command.PrepareTwo(Session);
            RequireActed(command, all, Session.Run(command.From(targets), ("all", all)).RequireNoErrors());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_live_object_of_another_host_is_acted_on_there(string text)
    {
        TCommand command = Find(text);
        foreach (string call in command.TakesInput ? [command.On("$all")] : new[] { command.On("$all"), command.From("$all") })
        {
            PSObject[] all = command.PrepareTwo(other.Session);
            RequireActed(command, all, Session.Run(call, ("all", all)).RequireNoErrors(), other.Session);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_deserialized_object_is_acted_on_where_it_lives(string text)
    {
        TCommand command = Find(text);
        foreach (string call in Calls(command, Revived))
        {
            PSObject[] all = command.PrepareTwo(other.Session);
            RequireActed(command, all, Session.Run(call, ("all", all)).RequireNoErrors(), other.Session);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_tells_that_it_is_from_elsewhere_is_never_acted_on(string text)
    {
        TCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        foreach (string sign in s_signs)
        {
            string foreign = $"({Revived} | ForEach-Object {{ {sign} }})";
            Assert.All(Calls(command, foreign), call => RequireRefused(Session.Run(call, ("all", all))));
        }

        foreach (string sign in s_plainSigns)
        {
            string foreign = $"($all | ForEach-Object {{ $o = {Plain}; {sign} }})";
            Assert.All(
                TCommand.ByObjects.Select(given => command.On(given(foreign))).Concat(command.TakesInput ? [] : [command.From(foreign)]),
                call => RequireRefused(Session.Run(call, ("all", all))));
        }

        Assert.All(all, target => Assert.False(command.HasActed(Session, target)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_host_from_elsewhere_is_none_to_act_on(string text)
    {
        TCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        const string Host = """
            $h = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize((Get-HcsHost)))
            $h.HostInstance = [guid]::NewGuid()
            """;
        foreach (string targets in new[] { "$all", TCommand.ByIds })
        {
            ScriptResult result = Session.Run($"{Host}; {command.On(targets)} -HcsHost $h", ("all", all));
            Assert.NotEmpty(result.Errors);
            Assert.All(result.Errors, e => Assert.Equal("HcsOtherComputer", e.FullyQualifiedErrorId.Split(',')[0]));
            Assert.Empty(result.Output);
        }

        Assert.All(all, target => Assert.False(command.HasActed(Session, target)));
    }

    [Theory]
    [MemberData(nameof(CommandsOfOneHost))]
    public void Another_host_than_the_objects_own_is_refused(string text)
    {
        TCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        ScriptResult result = Session.Run(command.On("$all") + " -HcsHost $h", ("all", all), ("h", other.Session.HostName));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.Equal("HcsHostMismatch", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
            Assert.Contains($"host '{Session.HostName}', not on '{other.Session.HostName}'", error.ToString(), StringComparison.Ordinal);
        });
        Assert.Empty(result.Output);
        Assert.All(all, target => Assert.False(command.HasActed(Session, target)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_bad_id_among_good_ones_is_one_error(string text)
    {
        TCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        ScriptResult result = Session.Run(command.On(TCommand.Stranger.Targets), ("all", all));
        if (command.ForgivesStrangers)
        {
            result.RequireNoErrors();
        }
        else
        {
            ErrorRecord error = Assert.Single(result.Errors);
            Assert.Contains(TCommand.Stranger.Id, error.ToString(), StringComparison.Ordinal);
            RequireUnknown(error);
        }

        RequireActed(command, all, result);
    }

    [Theory]
    [MemberData(nameof(ActingCommands))]
    public void WhatIf_does_nothing(string text)
    {
        TCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        foreach (string targets in new[] { "$all", TCommand.ByIds })
        {
            Assert.Empty(Session.Get(command.On(targets) + " -WhatIf", ("all", all)));
            Assert.All(all, target => Assert.False(command.HasActed(Session, target)));
        }
    }

    [Theory]
    [MemberData(nameof(PassingCommands))]
    public void PassThru_gives_the_targets_and_nothing_comes_without(string text)
    {
        TCommand command = Find(text);
        foreach (string targets in new[] { "$all", TCommand.ByIds })
        {
            PSObject[] all = command.PrepareTwo(Session);
            IReadOnlyList<PSObject> passed = Session.Get(command.On(targets) + " -PassThru", ("all", all));
            Assert.Equal(all.Select(Id), passed.Select(Id));
        }
    }

    protected static TCommand Find(string text) => TCommand.All.Single(c => c.Text == text);

    protected static string Id(PSObject target) => $"{target.Properties[TCommand.IdProperty].Value}";

    /// <summary>Requires an error for an unknown target.</summary>
    protected virtual void RequireUnknown(ErrorRecord error)
    {
    }

    /// <param name="command">The command.</param>
    /// <param name="targets">The targets on which the command had to act.</param>
    /// <param name="result">The result of the command.</param>
    /// <param name="host">The session whose host has the targets, if it is another.</param>
    /// <param name="more">The number of targets with output on which the command need not act.</param>
    protected void RequireActed(
        TCommand command, PSObject[] targets, ScriptResult result, Session? host = null, int more = 0)
    {
        Assert.Equal(command.OutputPerTarget * (targets.Length + more), result.Output.Count);
        if (command.Effect is not null)
        {
            Assert.All(targets, t => Poll.Until(() => command.HasActed(host ?? Session, t), $"{command} to act"));
        }
    }

    private static void RequireRefused(ScriptResult result)
    {
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.Equal("HcsOtherComputer", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
            Assert.Contains(error.ErrorDetails.RecommendedAction, error.ToString(), StringComparison.Ordinal);
        });
        Assert.Empty(result.Output);
    }

    /// <summary>Returns a command on objects in every way to give them.</summary>
    private static IEnumerable<string> Calls(TCommand command, string objects) =>
        new[] { command.On(objects), command.On($"-{TCommand.Parameter} {objects}"), command.From(objects) }
            .Concat(TCommand.ByObjects.Select(given => command.On(given(objects))))
            .Where(call => !command.TakesInput || call != command.From(objects));

    private static TheoryData<string> Where(Func<TCommand, bool> condition) =>
        [.. TCommand.All.Where(condition).Select(c => c.Text)];
}
