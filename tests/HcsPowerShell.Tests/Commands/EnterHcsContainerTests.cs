using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests Enter-HcsContainer without a terminal; other tests run the console at a terminal.</summary>
public sealed class EnterHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void Without_a_terminal_it_is_one_error_and_nothing_is_started()
    {
        object[] containers = [Session.NewRunning(), Session.NewRunning()];
        ErrorRecord error = Session.Run("$all | Enter-HcsContainer", ("all", containers))
            .RequireError("HcsNoTerminal", ErrorCategory.ResourceUnavailable);
        Assert.Contains("Cannot enter container", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Get("$all | Get-HcsProcess"));
    }

    [Theory]
    [InlineData("Enter-HcsContainer $c -WhatIf")]
    [InlineData("Enter-HcsContainer -Id $c.Id bash -User nobody -WhatIf")]
    public void WhatIf_needs_no_terminal_and_starts_nothing(string command)
    {
        object container = Session.NewRunning();
        Session.Run(command, ("c", container)).RequireNoErrors();
        Assert.Empty(Session.Get("Get-HcsProcess $c"));
    }
}
