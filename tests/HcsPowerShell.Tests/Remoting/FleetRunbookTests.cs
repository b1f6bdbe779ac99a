using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>Tests the runbook of about_HcsPowerShell_Fleet over three hosts, of which one lacks the module.</summary>
public sealed class FleetRunbookTests
{
    [Fact]
    public void Each_host_has_its_line_and_one_that_fails_is_one_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        using var servers = new SshServers();
        string runbook = Path.Combine(StagedModule.RepositoryRoot, "docs", "examples", "fleet.ps1");
        PwshResult result = Pwsh.Run(new PwshStart("-Command", $$"""
            & '{{runbook}}' -HostName hosta, bare, hostc -CommandLine 'sh -c "echo done; exit 3"' -ErrorVariable failures 2>$null |
                Sort-Object Host | ForEach-Object { "$($_.Host) $($_.ExitCode) $($_.Output)" }
            "$($failures.FullyQualifiedErrorId)"
            "left:$(Get-PSSession)$((Get-HcsHost -All).Name)"
            """) { Environment = [servers.Variable, ("HCS_HOST", "embedded")] });
        Assert.Equal(
            ["hosta 3 done", "hostc 3 done", "HcsModuleMissing,HcsPowerShell.Commands.ConnectHcsHostCommand", "left:"],
            result.Output.Where(line => line.Length > 0));
    }
}
