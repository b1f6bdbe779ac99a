using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Targets;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>
/// Tests the meaning of null and blank text: no value, or a mistake that is refused, but never everything.
/// </summary>
public sealed class NullTests(Session session) : SessionTests(session)
{
    private const string Refused = "ParameterArgumentValidationErrorNullNotAllowed";

    public static TheoryData<string> CommandsOnContainers => Of(ContainerCommand.All);

    public static TheoryData<string> CommandsOnProcesses => Of(ProcessCommand.All);

    [Theory]
    [InlineData("-Owner $none")]
    [InlineData("-Name $none")]
    [InlineData("-Owner 'a', $none")]
    [InlineData("-State Running, $none")]
    [InlineData("-Owner (Get-Item /nowhere -ErrorAction Ignore)")]
    [InlineData("$none")]
    [InlineData("@splat")]
    public void A_filter_that_is_null_finds_nothing_to_stop(string filter)
    {
        using var own = new Session();
        string id = own.NewRunning().Id;
        ScriptResult result = own.Run($$"""
            $splat = @{ Owner = $null }
            Get-HcsContainer {{filter}} -ErrorAction SilentlyContinue | Stop-HcsContainer -Force
            """);
        Assert.IsAssignableFrom<ParameterBindingException>(Assert.Single(result.Errors).Exception);
        Assert.Equal("Running", own.StateOf(id));
    }

    [Fact]
    public void A_filter_that_is_null_by_default_finds_nothing_either() => Session.Run("""
        & {
            $PSDefaultParameterValues = @{ 'Get-HcsContainer:Owner' = $null }
            Get-HcsContainer
        }
        """).RequireError(Refused, ErrorCategory.InvalidData);

    [Theory]
    [InlineData("Get-HcsContainer:State", "$null", "Get-HcsContainer")]
    [InlineData("*Container:State", "'Runing'", "Get-HcsContainer")]
    [InlineData("Get-HcsContainer:Type", "''", "Get-HcsContainer")]
    [InlineData("*:HcsHost", "'gone'", "Get-HcsContainer")]
    [InlineData("*-Hcs*:HcsHost", "'gone'", "Stop-HcsContainer $id -Force")]
    [InlineData("Stop-HcsContainer:TimeoutSec", "''", "Stop-HcsContainer $id")]
    public void A_default_value_that_cannot_be_bound_is_not_left_out(string key, string value, string command)
    {
        string id = Session.NewRunning().Id;
        Session.Run("& { $PSDefaultParameterValues = @{ $key = " + value + " }; " + command + " }", ("id", id), ("key", key))
            .RequireError("HcsDefaultNotBound", ErrorCategory.InvalidArgument);
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Theory]
    [InlineData("@{ 'Disabled' = $true; 'Get-HcsContainer:State' = $null }", "Get-HcsContainer $id")]
    [InlineData("@{ 'Get-HcsProcess:State' = $null; '*:NoSuch' = 1 }", "Get-HcsContainer $id")]
    [InlineData("@{ 'Get-HcsContainer:State' = $null }", "Get-HcsContainer $id -State Running")]
    [InlineData("@{ 'Get-HcsContainer:State' = 'Running' }", "Get-HcsContainer $id")]
    [InlineData("@{ 'New-HcsContainer:HostName' = $null }", "New-HcsContainer @{} -WhatIf; $id | Get-HcsContainer")]
    public void Other_default_values_go_with_every_command(string values, string command) =>
        Assert.Single(Session.Get("& { $PSDefaultParameterValues = " + values + "; " + command + " }", ("id", Session.NewRunning().Id)));

    [Theory]
    [InlineData("-Owner ([string]$null)")]
    [InlineData("-Owner ([string[]]@($null))")]
    [InlineData("-Owner ' '")]
    [InlineData("-Name 'a', ''")]
    public void A_blank_filter_does_not_find_what_has_no_owner(string filter) =>
        Assert.Contains(
            "is blank",
            Session.Run($"Get-HcsContainer {filter}").RequireError(Refused, ErrorCategory.InvalidData).ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("New-HcsContainer ' '")]
    [InlineData("New-HcsContainer @{ Name = \"`u{3000}\" }")]
    [InlineData("New-HcsContainer '{ \"Name\": \"  \" }'")]
    public void No_container_gets_an_id_that_no_command_takes(string command)
    {
        ErrorRecord error = Session.Run(command).RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.EndsWith("An id cannot be blank.", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>PowerShell would convert it to 0, or to the first value of an enumeration.</summary>
    [Theory]
    [InlineData("Start-HcsProcess nobody a -ConsoleSize 25, ' '", "ConsoleSize")]
    [InlineData("Start-HcsProcess nobody a -ConsoleSize ([Collections.ArrayList]@(25, $null))", "ConsoleSize")]
    [InlineData("Start-HcsProcess nobody a -ConsoleSize ([Collections.Generic.List[object]]@($null, 25))", "ConsoleSize")]
    [InlineData("Get-HcsContainer -State ([Collections.ArrayList]@('Running', $null))", "State")]
    [InlineData("Get-HcsContainer -State Running, ''", "State")]
    public void A_blank_in_a_list_is_refused(string command, string parameter)
    {
        ErrorRecord error = Assert.Single(Session.Run(command).Errors);
        Assert.IsAssignableFrom<ParameterBindingException>(error.Exception);
        Assert.Contains($"'{parameter}'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_refusal_names_the_parameter_and_says_what_to_do()
    {
        ErrorRecord error = Session.Run("Get-HcsContainer -Owner $null")
            .RequireError(Refused, ErrorCategory.InvalidData);
        Assert.Contains("'Owner'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Owner", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop-HcsContainer $id -Force:$null")]
    [InlineData("Stop-HcsContainer $id -TimeoutSec $null")]
    [InlineData("Stop-HcsContainer $id -TimeoutSec ''")]
    [InlineData("Stop-HcsContainer $id -HcsHost $null")]
    [InlineData("Stop-HcsContainer $id -HcsHost ''")]
    [InlineData("Stop-HcsContainer -Id $id, $null")]
    [InlineData("Stop-HcsContainer -Id $id, ' '")]
    [InlineData("Disconnect-HcsHost $null")]
    [InlineData("Disconnect-HcsHost ' '")]
    [InlineData("Get-HcsProcess $id $null")]
    [InlineData("Get-HcsProcess $id ''")]
    [InlineData("Get-HcsProcess $id 1, $null")]
    public void What_is_given_as_null_or_blank_is_refused_and_nothing_done(string command)
    {
        string id = Session.NewRunning().Id;
        ScriptResult result = Session.Run(command, ("id", id));
        Assert.IsAssignableFrom<ParameterBindingException>(Assert.Single(result.Errors).Exception);
        Assert.Empty(result.Output);
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("' '")]
    public void A_null_or_blank_host_of_a_piped_object_is_not_given(string value)
    {
        string id = Session.NewRunning().Id;
        Session.Get($"[pscustomobject]@{{ Id = $id; HcsHost = {value} }} | Stop-HcsContainer", ("id", id));
        Assert.Null(Session.StateOf(id));
    }

    [Theory]
    [MemberData(nameof(CommandsOnContainers))]
    public void A_null_or_blank_id_of_a_piped_object_is_one_error_and_the_rest_is_acted_on(string text)
    {
        ContainerCommand command = ContainerCommand.All.Single(c => c.Text == text);
        foreach (string property in (string[])["Id", "ContainerId"])
        {
            PSObject[] all = command.PrepareTwo(Session);
            string ids = "($all[0].Id, $null, '', ' ', $all[1].Id "
                + $"| ForEach-Object {{ [pscustomobject]@{{ {property} = $_ }} }})";
            ScriptResult result = Session.Run(command.From(ids), ("all", all));
            Assert.Equal(3, result.Errors.Count);
            Assert.All(result.Errors, error => Assert.Contains("null or", error.ToString(), StringComparison.Ordinal));
            RequireActed(command, all, result);
        }
    }

    [Theory]
    [MemberData(nameof(CommandsOnProcesses))]
    public void A_null_or_blank_process_id_of_a_piped_object_is_one_error_and_the_rest_is_acted_on(string text)
    {
        ProcessCommand command = ProcessCommand.All.Single(c => c.Text == text);
        PSObject[] all = command.PrepareTwo(Session);
        const string Ids = "($all[0].ProcessId, $null, '', $all[1].ProcessId | ForEach-Object "
            + "{ [pscustomobject]@{ ContainerId = $all[0].ContainerId; ProcessId = $_ } })";
        ScriptResult result = Session.Run(command.From(Ids), ("all", all));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Contains("'ProcessId'", error.ToString(), StringComparison.Ordinal));
        RequireActed(command, all, result);
    }

    [Theory]
    [InlineData("Stop-HcsContainer -Force")]
    [InlineData("Get-HcsProcess")]
    [InlineData("Get-HcsContainer")]
    [InlineData("Start-HcsProcess -CommandLine 'sleep 100'")]
    public void A_container_with_a_null_or_blank_process_id_is_neither(string command)
    {
        string id = Session.NewRunning().Id;
        ScriptResult result = Session.Run(
            "$null, '' | ForEach-Object { [pscustomobject]@{ ContainerId = $id; ProcessId = $_ } } | " + command,
            ("id", id));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Contains("'ProcessId'", error.ToString(), StringComparison.Ordinal));
        Assert.Empty(result.Output);
        Assert.Equal("Running", Session.StateOf(id));
        Assert.Empty(Session.Get("Get-HcsProcess $id"));
    }

    [Theory]
    [MemberData(nameof(CommandsOnContainers))]
    [MemberData(nameof(CommandsOnProcesses))]
    public void Null_in_the_pipeline_is_refused_and_the_rest_is_acted_on(string text)
    {
        TargetCommand command =
            ContainerCommand.All.Concat<TargetCommand>(ProcessCommand.All).Single(c => c.Text == text);
        PSObject[] all = command.PrepareTwo(Session);
        ScriptResult result = Session.Run(command.From("($all[0], $null, $all[1])"), ("all", all));
        Assert.Single(result.Errors);
        RequireActed(command, all, result);
    }

    [Fact]
    public void Null_in_the_pipeline_is_an_empty_line_where_it_is_input()
    {
        dynamic container = Session.NewRunning();
        IReadOnlyList<PSObject> lines = Session.Get("'a', $null, 'b' | Invoke-HcsProcess $c cat", ("c", container));
        Assert.Equal(["a", string.Empty, "b"], lines.Select(line => line.BaseObject));
        lines = Session.Get("""
            $p = Start-HcsProcess $c cat -CreateStdInPipe -CreateStdOutPipe
            'a', $null, 'b' | Send-HcsProcessInput $p -Close
            Receive-HcsProcessOutput $p -Wait
            """);
        Assert.Equal(["a", string.Empty, "b"], lines.Select(line => line.BaseObject));
    }

    [Fact]
    public void Members_of_documents_and_environment_values_may_be_null()
    {
        string id = Session.NewId();
        Session.Get("New-HcsContainer @{ Name = $id; HostName = $null; Layers = $null } -Start", ("id", id));
        Assert.Equal("<>", Assert.Single(Session.Get(
            "Invoke-HcsProcess $id -CommandArg sh, -c, 'echo \"<$A>\"' -Environment @{ A = $null }")).BaseObject);
    }

    private void RequireActed(TargetCommand command, PSObject[] targets, ScriptResult result)
    {
        Assert.Equal(command.OutputPerTarget * targets.Length, result.Output.Count);
        if (command.Effect is not null)
        {
            Assert.All(targets, t => Poll.Until(() => command.HasActed(Session, t), $"{command} to act"));
        }
    }

    private static TheoryData<string> Of(IEnumerable<TargetCommand> commands) =>
        [.. commands.Where(c => !c.TakesInput).Select(c => c.Text)];
}
