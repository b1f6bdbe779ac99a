using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests which host a session uses after it has left its host. Each test uses a new process.</summary>
public sealed class AfterDisconnectTests
{
    [Fact]
    public void The_next_command_is_back_at_the_default_host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The default on Windows is the local service.");
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            """
            $null = Connect-HcsHost -Embedded -Isolation Process -Name mine
            Disconnect-HcsHost mine
            $c = New-HcsContainer web
            "$($c.Id) of $((Get-HcsHost).Name)"
            """,
            ("HCS_HOST", "embedded"));
        Assert.Equal(string.Empty, error);
        Assert.Equal("web of Embedded", output.Last(line => line.Length > 0), ignoreCase: true);
    }
}
