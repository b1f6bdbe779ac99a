using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>Tests PowerShell remoting to two machines: objects that come from it look and work alike.</summary>
public sealed class RemotingTests(RemotingTests.Connection connection) : IClassFixture<RemotingTests.Connection>
{
    [Fact]
    public void The_commands_ran_in_the_other_process() =>
        Assert.Equal(["False", "hosta", "Deserialized.HcsPowerShell.HcsContainer"], connection.Lines("process"));

    [Fact]
    public void Each_machine_has_containers_of_its_own() => Assert.Equal(["hosta web", "hostb db"], connection.Lines("machines"));

    [Fact]
    public void A_container_looks_as_it_does_where_it_lives() => Assert.Equal(
        [
            "Id               Type           State      Owner            OS       Name",
            "--               ----           -----      -----            --       ----",
            "web              Container      Running    HcsPowerShell    Linux    web",
        ],
        connection.Lines("container"));

    [Fact]
    public void Statistics_and_their_list_of_endpoints_come_over()
    {
        Assert.StartsWith("Container              CPU(s)   CPU(%)", connection.Lines("statistics")[0], StringComparison.Ordinal);
        Assert.StartsWith("web                      ", connection.Lines("statistics")[2], StringComparison.Ordinal);
        Assert.Equal("ArrayList 0", connection.Lines("statistics")[3]);
    }

    [Fact]
    public void A_container_that_came_over_goes_back_into_commands() =>
        Assert.Equal(["Paused", "Running"], connection.Lines("container back"));

    [Fact]
    public void A_process_that_came_over_goes_back_into_commands() =>
        Assert.Equal(["False", "True"], connection.Lines("process back"));

    [Fact]
    public void A_remote_job_brings_the_exit_status() =>
        Assert.Equal(["Completed", "ForcedExit", "web"], connection.Lines("job"));

    [Fact]
    public void An_error_keeps_its_id() =>
        Assert.Equal(["HcsSystemNotFound,HcsPowerShell.Commands.StopHcsContainerCommand"], connection.Lines("error"));

    [Fact]
    public void A_question_is_not_passed_on_to_this_process() => Assert.Equal(
        [
            "HcsConfirmationRequired,HcsPowerShell.Commands.StopHcsContainerCommand",
            "HcsConfirmationRequired,HcsPowerShell.Commands.StopHcsContainerCommand",
            "Running",
        ],
        connection.Lines("question"));

    public sealed class Connection
    {
        private const string Script = """
            Import-Module HcsPowerShell
            $session, $other = New-PSSession -HostName hosta, hostb | Sort-Object ComputerName
            Invoke-Command $session { Import-Module HcsPowerShell; Connect-HcsHost -Embedded -Isolation Process }
            Invoke-Command $session { $null = New-HcsContainer web -Start }
            $web = Invoke-Command $session { Get-HcsContainer web } -HideComputerName
            '== process'; (Invoke-Command $session { $PID }) -eq $PID; $web.PSComputerName; $web.PSObject.TypeNames[0]
            Invoke-Command $other { $null = Connect-HcsHost -Embedded -Isolation Process; $null = New-HcsContainer db }
            '== machines'
            Invoke-Command $session, $other { Get-HcsContainer } | Sort-Object Id -Descending | ForEach-Object { "$($_.PSComputerName) $($_.Id)" }
            '== container'; $web | Out-String -Width 120
            '== statistics'; $sample = Invoke-Command $session { Get-HcsStatistics web } -HideComputerName
            $sample | Out-String -Width 120; "$($sample.Network.GetType().Name) $($sample.Network.Count)"
            '== container back'
            (Invoke-Command $session { $using:web | Suspend-HcsContainer -PassThru }).State
            (Invoke-Command $session { $using:web | Resume-HcsContainer -PassThru }).State
            '== process back'
            $process = Invoke-Command $session { Start-HcsProcess web 'sleep 1000' }; $process.HasExited
            (Invoke-Command $session { $using:process | Stop-HcsProcess -PassThru }).HasExited
            '== error'; (Invoke-Command $session { try { Stop-HcsContainer nosuch -ErrorAction Stop } catch { $_ } }).FullyQualifiedErrorId
            '== question'
            Invoke-Command $session {
                $null = New-HcsContainer theirs -Owner docker -Start
                Stop-HcsContainer theirs -Force -ErrorVariable refusals 2>$null
                Stop-HcsContainer theirs -Confirm -ErrorVariable +refusals 2>$null
                $refusals.FullyQualifiedErrorId
                (Get-HcsContainer theirs).State
                Stop-HcsContainer theirs
            }
            '== job'; $job = Invoke-Command $session { $wait = Wait-HcsContainer web -AsJob; $using:web | Stop-HcsContainer -Force; $wait | Wait-Job | Receive-Job } -AsJob
            $null = Wait-Job $job; $status = Receive-Job $job; "$($job.State)"; $status.ExitType; $status.ContainerId
            '== end'
            """;

        private readonly PwshResult _result;

        public Connection()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
            using var servers = new SshServers();
            _result = Pwsh.Run(
                new PwshStart("-Command", Script) { Environment = [servers.Variable], Input = "y\ny\n" });
            Assert.Equal(string.Empty, _result.Error);
        }

        public IReadOnlyList<string> Lines(string name) => _result.Section(name);
    }
}
