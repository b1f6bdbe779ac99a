using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Targets;

/// <summary>Tests the common behavior of all commands that take containers.</summary>
public sealed class ContainerCommandTests(Session session, OtherSession other) : TargetCommandTests<ContainerCommand>(session, other)
{
    /// <remarks>
    /// Enter- needs a terminal; other tests run it at one. Those of endpoints take containers beside their own targets. Debug-
    /// and Save- need virtual machines, which the mocks of the Windows libraries have.
    /// </remarks>
    protected override IReadOnlyList<string> Elsewhere =>
    [
        "Enter-HcsContainer", "Connect-HcsEndpoint", "Disconnect-HcsEndpoint", "Get-HcsEndpoint", "Debug-HcsContainer",
        "Save-HcsContainer",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_bad_object_among_good_ones_is_one_error(string text)
    {
        ContainerCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        PSObject bad;
        using (var gone = new Session())
        {
            bad = command.Prepare(gone);
        }

        ScriptResult result = Session.Run(command.On("$all[0], $bad, $all[1]"), ("all", all), ("bad", bad));
        Assert.Equal(command.ForgivesGone ? 0 : 1, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Contains(Id(bad), error.ToString(), StringComparison.Ordinal));
        RequireActed(command, all, result, more: command.Name == "Wait-HcsContainer" ? 1 : 0);
    }

    /// <summary>A saved container may be outdated and incomplete, so the command asks for it again.</summary>
    [Theory]
    [MemberData(nameof(PassingCommands))]
    public void PassThru_of_a_saved_object_tells_all_that_the_container_is(string text)
    {
        ContainerCommand command = Find(text);
        PSObject[] all = command.PrepareTwo(Session);
        IReadOnlyList<PSObject> passed = Session.Get(command.On(Revived) + " -PassThru", ("all", all));
        Assert.Equal(all.Select(Described), passed.Select(Described));
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

    private static string Described(PSObject container) => string.Join(
        ", ", new[] { "Id", "Name", "Owner", "SystemType", "RuntimeOsType" }.Select(p => $"{container.Properties[p].Value}"));

    protected override void RequireUnknown(ErrorRecord error)
    {
        Assert.Equal("HcsSystemNotFound", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }
}
