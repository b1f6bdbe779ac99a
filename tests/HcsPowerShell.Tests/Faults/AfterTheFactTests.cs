using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>Tests a failure after a command has done its work: it undoes nothing of the work, or all of it.</summary>
public sealed class AfterTheFactTests(Session session) : FaultySession(session)
{
    public static TheoryData<string, string?> Commands => new()
    {
        { "New-HcsContainer $id", "Created" },
        { "New-HcsContainer $id -Start", "Running" },
        { "New-HcsContainer $id -SchemaVersion 2", "Created" },
        { "$null = New-HcsContainer $id; Start-HcsContainer $id -PassThru", "Running" },
        { "$null = New-HcsContainer $id -Start; Suspend-HcsContainer $id -PassThru", "Paused" },
        { "$null = New-HcsContainer $id -Start; Stop-HcsContainer $id -PassThru", "Stopped" },
        { "$null = New-HcsContainer $id -Start; Stop-HcsContainer $id -Force -Confirm:$false -PassThru", "Stopped" },
        { "$null = New-HcsContainer $id -Start; Close-HcsContainer $id -PassThru", null },
        {
            "$null = New-HcsContainer $id -Start; Set-HcsContainer $id -PassThru -ResourceType MappedVirtualDisk -RequestType Add"
                + " -Settings @{ HostPath = 'd'; ContainerPath = '/d' }",
            null
        },
    };

    /// <summary>
    /// The container goes while the command asks for its owner. The command reports that, and does not ask the user
    /// about an unknown owner.
    /// </summary>
    [Fact]
    public void One_that_goes_while_its_owner_is_asked_for_is_not_asked_about()
    {
        string id = Session.NewId();
        Session.Get("$null = New-HcsContainer $id -Start", ("id", id));
        Plan("Operation = 'Properties'; HResult = '0x80370110'");
        Session.Run("Stop-HcsContainer $id -Force", ("id", id))
            .RequireError("HcsSystemAlreadyStopped", ErrorCategory.InvalidOperation);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_done_is_given_with_a_warning_when_it_cannot_be_described(string command, string? state)
    {
        string id = Session.NewId();
        Plan("Operation = 'Properties'; HResult = '0x80070005'");
        ScriptResult result = Session.Run(command, ("id", id)).RequireNoErrors();
        dynamic given = Assert.Single(result.Output).BaseObject;
        Assert.Equal(id, (string)given.Id);
        Assert.Equal(state, (string?)given.State);
        string told = $"Container '{id}' cannot be described: access is denied (HcsGetComputeSystemProperties: 0x80070005, E_ACCESSDENIED).";
        Assert.Contains(told, result.Warnings);
        Plan();
        Session.Get("$given | Stop-HcsContainer", ("given", (object)given));
    }

    [Fact]
    public void A_description_that_is_not_answered_ends_with_the_limit() => Waits.RequireTime(0.9, 4, () =>
    {
        Plan("Operation = 'Properties'; LostNotification = $true");
        var clock = Stopwatch.StartNew();
        ScriptResult result = Session.Run("New-HcsContainer -Start -TimeoutSec 1").RequireNoErrors();
        clock.Stop();
        Assert.Equal("HcsPowerShell", (string)((dynamic)Assert.Single(result.Output).BaseObject).Owner);
        Assert.Single(result.Warnings);
        return clock.Elapsed;
    });

    [Theory]
    [InlineData("Properties", "New-HcsContainer $id")]
    [InlineData("Properties", "New-HcsContainer $id -Start")]
    [InlineData("Start", "New-HcsContainer $id -Start")]
    public void A_container_that_nobody_is_given_does_not_stay_behind(string operation, string command)
    {
        string id = Session.NewId();

        // Made before, because the command waits for its description for a few seconds only.
        using var other = Session.WithoutHost();
        Plan($"Operation = '{operation}'; LostNotification = $true");
        using (RunningScript running = Session.Begin("'ready'; " + command, ("id", id)))
        {
            Poll.Until(() => StateIn(other, id) is not null, "the container to be created");
            Assert.InRange(running.Stop(), TimeSpan.Zero, Waits.Prompt);
        }

        Poll.Until(() => StateIn(other, id) is null, "the container to go");
    }

    [Fact]
    public void A_failed_start_is_the_error_and_what_cannot_be_undone_a_warning()
    {
        string id = Session.NewId();
        Plan("Operation = 'Start'; HResult = '0x80004005'", "Operation = 'Terminate'; HResult = '0x80070005'");
        ScriptResult result = Session.Run("New-HcsContainer $id -Start", ("id", id));
        Assert.Contains("HcsStartComputeSystem: 0x80004005", $"{Assert.Single(result.Errors)}", StringComparison.Ordinal);
        string told = $"Container '{id}' was created and cannot be ended: access is denied";
        Assert.StartsWith(told, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Plan();
        Session.Get("Stop-HcsContainer $id -Force");
    }

    [Fact]
    public void Ctrl_C_does_not_wait_for_an_undoing()
    {
        string id = Session.NewId();
        using var other = Session.WithoutHost();
        Plan("Operation = 'Start'; HResult = '0x80004005'", "Operation = 'Terminate'; DelaySec = 4");
        using RunningScript running = Session.Begin("'ready'; New-HcsContainer $id -Start", ("id", id));
        running.WaitForOutput(1);
        Poll.Until(() => StateIn(other, id) is not null, "the container to be created");
        Assert.InRange(running.Stop(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Poll.Until(() => StateIn(other, id) is null, "the container to go");
    }

    // Uses another session, because the runspace of the first one is busy.
    private string? StateIn(Session other, string id) => (string?)other.Get(
        "Get-HcsContainer -HcsHost $h | Where-Object Id -eq $id | ForEach-Object State",
        ("h", Session.HostName),
        ("id", id)).SingleOrDefault()?.BaseObject;
}
