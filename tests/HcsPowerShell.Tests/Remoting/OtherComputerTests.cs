using System;
using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests that an object from another process, through a session or a job, does nothing to a container with the same id
/// here. The command line that the error suggests works there.
/// </summary>
public sealed class OtherComputerTests : IDisposable
{
    private const string Start =
        "Import-Module HcsPowerShell; $null = Connect-HcsHost lab -Embedded -Isolation Process; $web = New-HcsContainer web -Start;";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_object_of_a_session_is_refused_and_the_line_to_type_acts_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in for ssh is a script.");
        Assert.Equal(
            [
                "HcsOtherComputer,HcsPowerShell.Commands.StopHcsContainerCommand",
                "Cannot stop container 'web': it is on computer 'hostb'.",
                "here Running, there Running",
                "here Running, there",
                "HcsOtherComputer,HcsPowerShell.Commands.GetHcsContainerCommand",
                "True",
                "HcsInvalidTarget",
                "db",
                "db sleep",
            ],
            Run($$"""
                {{Start}}
                $s = New-PSSession -HostName hostb
                Invoke-Command $s { {{Start}} }
                function States { "here $((Get-HcsContainer).State), there $(Invoke-Command $s { (Get-HcsContainer).State })".TrimEnd() }
                $there = Invoke-Command $s { Get-HcsContainer }
                $there | Stop-HcsContainer -Force -ErrorAction SilentlyContinue -ErrorVariable refused
                $refused.FullyQualifiedErrorId; ("$refused" -split ' To act there')[0]
                States
                Invoke-Expression $refused.ErrorDetails.RecommendedAction
                States
                $foreign = Invoke-Command $s { Get-HcsHost } -AsJob | Receive-Job -Wait
                Get-HcsContainer -HcsHost $foreign -ErrorAction SilentlyContinue -ErrorVariable refused; $refused.FullyQualifiedErrorId

                # What came from here and comes back acts here.
                $back = Invoke-Command $s { $using:web }; (Get-HcsContainer $back).HostInstance -eq $web.HostInstance
                $process = Invoke-Command $s { $c = New-HcsContainer db -Start; Start-HcsProcess db 'sleep 100' }
                $process | Stop-HcsContainer -ErrorAction SilentlyContinue -ErrorVariable refused; ($refused.FullyQualifiedErrorId -split ',')[0]

                # And a bare id that goes home means what is there.
                $id = Invoke-Command $s { (Get-HcsContainer).Id }; $number = $process.ProcessId
                $number = Invoke-Command $s { $args[0] } -ArgumentList $number
                "$(Invoke-Command $s { $using:id | Get-HcsContainer })"
                "$(Invoke-Command $s { Get-HcsProcess $using:id $using:number | ForEach-Object { "$($_.ContainerId) $($_.ImageName)" } })"
                Remove-PSSession $s
                """));
    }

    [Fact]
    public void An_object_of_a_job_with_an_embedded_host_is_refused() => Assert.Equal(
        [
            "Cannot take statistics of container 'web': it is in the process of a job, which has hosts of its own. To see what is here, type: Get-HcsContainer -Id 'web'",
            "Cannot take statistics of container 'web': it is in the process of a job, which has hosts of its own. To see what is here, type: Get-HcsContainer -Id 'web'",
            "Running",
        ],
        Run($$"""
            {{Start}}
            $there = Start-Job { {{Start}} $web } | Receive-Job -Wait -AutoRemoveJob
            $there | Get-HcsStatistics -ErrorAction SilentlyContinue -ErrorVariable refused; "$refused"
            $there | ConvertTo-Csv | ConvertFrom-Csv | Get-HcsStatistics -ErrorAction SilentlyContinue -ErrorVariable refused; "$refused"
            $web.State
            """));

    [Fact]
    public void An_object_that_another_session_saved_is_refused_and_one_of_this_session_is_known()
    {
        string script = $$"""
            {{Start}}
            $file = '{{Path.Combine(_folder.Path, "saved.xml")}}'
            if (Test-Path $file) {
                Import-Clixml $file | Stop-HcsContainer -Force -ErrorAction SilentlyContinue -ErrorVariable refused
                ($refused.FullyQualifiedErrorId -split ',')[0]; "$refused" -match [Environment]::MachineName; $web.State
            }
            $web | Export-Clixml $file; $web | Export-Csv "$file.csv"
            (Import-Clixml $file | Suspend-HcsContainer -PassThru).State; (Import-Csv "$file.csv" | Resume-HcsContainer -PassThru).State
            """;
        Assert.Equal(["Paused", "Running"], Run(script));
        Assert.Equal(["HcsOtherComputer", "True", "Running", "Paused", "Running"], Run(script));
    }

    /// <remarks>An embedded host may have the name of the machine's service, and is still not that service.</remarks>
    [Fact]
    public void A_host_that_is_called_local_is_not_the_service_of_the_machine()
    {
        Assert.SkipUnless(File.Exists("/etc/machine-id"), "This machine has no id in /etc.");
        Assert.Equal(
            ["HcsOtherComputer", "Running"],
            Run("""
                Import-Module HcsPowerShell; $null = Connect-HcsHost local -Embedded -Isolation Process; $web = New-HcsContainer web -Start
                $saved = [pscustomobject]@{ Id = 'web'; HcsHost = 'local'; HostInstance = [guid][IO.File]::ReadAllText('/etc/machine-id').Trim() }
                $saved | Stop-HcsContainer -Force -ErrorAction SilentlyContinue -ErrorVariable refused
                ($refused.FullyQualifiedErrorId -split ',')[0]; $web.State
                """));
    }

    private IReadOnlyList<string> Run(string script)
    {
        string ssh = _folder.Write(
            "ssh", $"#!/bin/sh\nexec '{DotNet.Program}' '{StagedModule.PowerShell}' -sshs -NoLogo -NoProfile\n");
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        (IReadOnlyList<string> output, string error) =
            Pwsh.Run(script, ("PATH", _folder.Path + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")));
        Assert.Equal(string.Empty, error);
        return output;
    }
}
