using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests that Connect-HcsHost -FaultPlan accepts a plan, refuses a wrong one before it connects, and shows the plan.
/// </summary>
public sealed class FaultPlanTests(Session session) : FaultySession(session)
{
    [Fact]
    public void A_plan_is_a_hashtable_several_or_typed_rules_and_the_host_shows_it()
    {
        Plan("Operation = 'start'; nth = 2; HResult = 0x80370105", "Operation = 'Wait'; LostNotification = $true");
        Assert.Equal(
            ["Start, call 2: 0x80370105", "Wait, every call: lost notification"],
            Session.Get("(Get-HcsHost).FaultPlan").Select(r => r.ToString()));
        Session.Get(
            "$rule = [HcsPowerShell.Interop.Faults.FaultRule]@{ Operation = 'Kill'; DelaySec = 0.5 };"
            + " Connect-HcsHost -Embedded -Name $n -FaultPlan $rule, @{ Operation = 'Close'; ServiceDisconnect = $true }",
            ("n", Session.HostName));
        Assert.Equal(
            ["Kill, every call: 0.5 s delay", "Close, every call: service disconnect"],
            Session.Get("(Get-HcsHost).FaultPlan").Select(r => r.ToString()));
    }

    [Theory]
    [InlineData("Nth = 3; DelaySec = 1.5", "call 3: 1.5 s delay")]
    [InlineData("DelaySec = 2.5", "every call: 2.5 s delay")]
    [InlineData("HResult = 0x80370105", "every call: 0x80370105")]
    [InlineData("HResult = -2143878907", "every call: 0x80370105")]
    [InlineData("HResult = 'HCS_E_INVALID_STATE'", "every call: HCS_E_INVALID_STATE")]
    [InlineData("LostNotification = $true", "every call: lost notification")]
    [InlineData("LateNotificationSec = 3.5", "every call: notification 3.5 s late")]
    [InlineData("ServiceDisconnect = $true", "every call: service disconnect")]
    [InlineData("RepeatedNotification = $true", "every call: notification twice")]
    [InlineData("HResult = 'HCS_E_INVALID_STATE'; ResultDocument = '{}'", "every call: HCS_E_INVALID_STATE, result document of 2 characters")]
    public void A_member_of_a_rule_is_what_it_says(string member, string text)
    {
        Plan("Operation = 'Start'; " + member);
        Assert.Equal("Start, " + text, Session.Single("(Get-HcsHost).FaultPlan").ToString());
    }

    [Fact]
    public void An_answer_is_told_by_its_length_and_read_as_that_of_the_service()
    {
        string id = Session.NewRunning().Id;
        Plan("Operation = 'Statistics'; Answer = '{\"Statistics\":{\"Memory\":{\"MemoryUsageCommitBytes\":12345}}}'");
        Assert.Equal("Statistics, every call: answer of 58 characters", Session.Single("(Get-HcsHost).FaultPlan").ToString());
        Assert.Equal(12345ul, Session.Single($"(Get-HcsStatistics {id}).MemoryUsageCommitBytes"));
    }

    [Fact]
    public void A_plan_stays_until_another_comes_and_an_empty_one_ends_it()
    {
        Plan("Operation = 'Enumerate'; HResult = 'HCS_E_ACCESS_DENIED'");
        Session.Get("Connect-HcsHost -Embedded -Name $n", ("n", Session.HostName));
        Session.Run("Get-HcsContainer").RequireError("HcsAccessDenied", ErrorCategory.PermissionDenied);
        Plan();
        Session.Get("Get-HcsContainer");
        Assert.Empty(Session.Get("(Get-HcsHost).FaultPlan"));
    }

    [Theory]
    [InlineData("@{ Operation = 'Strat'; DelaySec = 1 }", "FaultPlan[0].Operation", "'Strat'", "ResizeConsole")]
    [InlineData("@{ Operation = '4'; DelaySec = 1 }", "FaultPlan[0].Operation", "'4'", "ResizeConsole")]
    [InlineData("@{ DelaySec = 1 }", "FaultPlan[0].Operation", "required", "ResizeConsole")]
    [InlineData("@{ Operation = 'Start'; DelaySec = 1 }, @{ Operation = 'Start'; Delay = 1 }", "FaultPlan[1].Delay", "LateNotificationSec")]
    [InlineData("@{ Operation = 'Start'; HResult = 'HCS_E_OOPS' }", "FaultPlan[0].HResult", "HCS_E_OOPS", "HCS_E_INVALID_STATE")]
    [InlineData("@{ Operation = 'Start'; HResult = 5 }", "FaultPlan[0].HResult", "0x80070005")]
    [InlineData("@{ Operation = 'Start'; DelaySec = -1 }", "FaultPlan[0].DelaySec", "-1", "0 to ")]
    [InlineData("@{ Operation = 'Start'; DelaySec = 'soon' }", "FaultPlan[0].DelaySec", "soon", "number")]
    [InlineData("@{ Operation = 'Start'; DelaySec = $null }", "FaultPlan[0].DelaySec", "no value")]
    [InlineData("@{ Operation = 'Start'; DelaySec = 1; Nth = 0 }", "FaultPlan[0].Nth", "from 1")]
    [InlineData("@{ Operation = 'Start' }", "FaultPlan[0]", "exactly one")]
    [InlineData("@{ Operation = 'Start'; DelaySec = 1; ResultDocument = '{}' }", "FaultPlan[0].ResultDocument", "HResult")]
    [InlineData("@{ Operation = 'Start'; Answer = '{}' }", "FaultPlan[0].Answer", "Start", "Enumerate")]
    [InlineData("@{ Operation = 'Wait'; Answer = '{}'; RepeatedNotification = $true }", "FaultPlan[0]", "exactly one")]
    [InlineData("@{ Operation = 'Kill'; RepeatedNotification = $true }", "FaultPlan[0].RepeatedNotification", "Kill", "ProcessWait")]
    [InlineData("@{ Operation = 'Start'; DelaySec = 1; ServiceDisconnect = $true }", "FaultPlan[0]", "exactly one")]
    [InlineData("'Start'", "FaultPlan[0]", "hashtable")]
    public void A_wrong_plan_is_refused_by_name_and_nothing_is_connected(string plan, params string[] says)
    {
        string name = Session.NewId();
        foreach (string how in new[] { string.Empty, " -WhatIf" })
        {
            ErrorRecord error = Session.Run($"Connect-HcsHost -Embedded -Name $n -FaultPlan ({plan})" + how, ("n", name))
                .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
            Assert.All(says, text => Assert.Contains(text, error.ToString(), StringComparison.Ordinal));
        }

        Assert.Equal(Session.HostName, (string)Session.Single("Get-HcsHost").Name);
        Assert.DoesNotContain(name, Session.Get("(Get-HcsHost -All).Name").Select(n => (string)n.BaseObject));
    }

    [Fact]
    public void The_local_host_takes_no_plan() =>
        Assert.NotEmpty(Session.Run("Connect-HcsHost -Local -FaultPlan @{ Operation = 'Start'; DelaySec = 1 }").Errors);
}
