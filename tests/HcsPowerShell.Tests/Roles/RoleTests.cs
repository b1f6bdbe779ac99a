using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Roles;

/// <summary>Tests the two roles for constrained sessions: one only reads, the other also makes changes.</summary>
public sealed class RoleTests(Session session) : SessionTests(session)
{
    private const string Reader = "HcsReader";
    private const string Operator = "HcsOperator";

    [Fact]
    public void Every_command_is_for_readers_or_for_operators_alone()
    {
        string[] all = [.. Session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet | ForEach-Object Name")
            .Select(name => (string)name.BaseObject).Order()];
        string[] reader = [.. ConstrainedSession.CommandsOf(Reader)];
        string[] operators = [.. ConstrainedSession.CommandsOf(Operator)];
        Assert.Equal(all, operators.Order());
        Assert.Equal(reader.Length, reader.Distinct().Count());
        Assert.Subset(all.ToHashSet(), reader.ToHashSet());
    }

    /// <summary>
    /// A command that makes changes supports WhatIf, so a new one cannot get into the reader's role unnoticed.
    /// </summary>
    [Fact]
    public void Readers_have_no_command_that_changes_something_or_reads_files() =>
        Assert.All(ConstrainedSession.CommandsOf(Reader).Where(name => name != "Test-HcsConfiguration"), name =>
        {
            var command = (CommandInfo)Session.Single("Get-Command $name", ("name", name));
            Assert.Empty(command.Parameters.Keys.Intersect(["WhatIf", "Path", "LiteralPath"]));
        });

    [Fact]
    public void A_reader_lists_and_measures()
    {
        string id = Running();
        using var reader = new ConstrainedSession(Reader);
        Assert.Empty(reader.Run("Get-HcsContainer", Host));
        Assert.Empty(reader.Run("Get-HcsProcess", ("Id", id), Host));
        Assert.Empty(reader.Run("Get-HcsStatistics", ("Id", id), Host));
    }

    [Theory]
    [InlineData("Stop-HcsContainer")]
    [InlineData("New-HcsContainer")]
    [InlineData("Invoke-HcsProcess")]
    [InlineData("Connect-HcsHost")]
    public void A_reader_has_not(string command)
    {
        using var reader = new ConstrainedSession(Reader);
        ErrorRecord error = Assert.Single(reader.Run(command));
        Assert.Equal("CommandNotFoundException", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void An_operator_runs_processes_and_stops()
    {
        string id = Running();
        using var operators = new ConstrainedSession(Operator);
        Assert.Empty(operators.Run("Invoke-HcsProcess", ("Id", id), ("CommandLine", "true"), Host));
        Assert.Empty(operators.Run(
            "Invoke-HcsProcess", ("Id", id), ("CommandLine", "cat"), ("InputObject", new Hashtable { ["a"] = 1 }), Host));
        Assert.Empty(operators.Run("Stop-HcsContainer", ("Id", id), ("Force", true), Host));
        Assert.Null(Session.StateOf(id));
    }

    [Fact]
    public void A_reader_is_not_told_which_files_there_are()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("web.json", "{}");
        using var reader = new ConstrainedSession(Reader);
        foreach (string command in new[] { "ConvertFrom-HcsJson", "ConvertTo-HcsJson" })
        {
            string there = Assert.Single(reader.Run(command, ("InputObject", file))).ToString();
            string notThere = Assert.Single(reader.Run(command, ("InputObject", file + "x"))).ToString();
            Assert.Equal(notThere, there);
        }
    }

    [Fact]
    public void There_is_no_language_to_step_out_with()
    {
        using var operators = new ConstrainedSession(Operator);
        Assert.Equal("ScriptsNotAllowed", Assert.Single(operators.RunScript("1 + 1")).FullyQualifiedErrorId);
        ErrorRecord error = Assert.Single(operators.Run("Import-Module", ("Name", "Microsoft.PowerShell.Utility")));
        Assert.Equal("CommandNotFoundException", error.FullyQualifiedErrorId);
    }

    // A new runspace uses the last host that the process has chosen, and other tests choose hosts too.
    private (string Name, object Value) Host => ("HcsHost", Session.HostName);

    private string Running() => (string)Session.NewRunning().Id;
}
