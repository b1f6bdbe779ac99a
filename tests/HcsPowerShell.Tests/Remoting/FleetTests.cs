using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests commands on hosts behind sessions: three machines with a container web each, a fourth without the module, and the
/// container web of the host in use, which nothing may happen to.
/// </summary>
public sealed class FleetTests(FleetTests.Fleet fleet) : IClassFixture<FleetTests.Fleet>
{
    [Fact]
    public void A_session_becomes_a_host_and_the_host_in_use_stays_chosen() => Assert.Equal(
        ["hosta Remote", "hostb Remote", "hostc Remote", "hosta hostb hostc lab", "lab"], fleet.Lines("connect"));

    [Fact]
    public void A_session_without_the_module_is_an_error_that_names_its_computer() => Assert.Equal(
        ["HcsModuleMissing,HcsPowerShell.Commands.ConnectHcsHostCommand", "True", "hosta hostb hostc lab"], fleet.Lines("bare"));

    [Fact]
    public void A_session_that_cannot_be_used_is_tried_once_and_nothing_is_done_instead() =>
        Assert.Equal(["1", "1", "hosta hostb hostc lab"], fleet.Lines("unusable"));

    [Fact]
    public void A_host_is_connected_once() => Assert.Equal(
        ["hosta", "HcsHostExists", "computer 'hosta' is connected already, as host 'hosta'.", "HcsHostExists", "there is a host 'lab' already."],
        fleet.Lines("twice"));

    [Fact]
    public void A_list_of_several_hosts_has_live_objects_of_each() => Assert.Equal(
        ["hosta HcsContainer", "hostb HcsContainer", "lab HcsContainer"], fleet.Lines("list"));

    [Fact]
    public void Objects_go_back_to_their_hosts() => Assert.Equal(
        ["hosta Paused", "hostb Paused", "hosta Running", "hostb Running", "here Running"], fleet.Lines("pipe"));

    [Fact]
    public void A_bare_id_that_came_through_a_session_goes_back() =>
        Assert.Equal(["hosta web", "lab web"], fleet.Lines("id"));

    [Fact]
    public void A_mixed_argument_is_divided() => Assert.Equal(["hosta Paused", "lab Paused"], fleet.Lines("mixed"));

    [Theory]
    [InlineData("Suspend-HcsContainer", "Suspend")]
    [InlineData("Resume-HcsContainer", "Resume")]
    [InlineData("Stop-HcsContainer", "Stop")]
    [InlineData("Restart-HcsContainer", "Restart")]
    [InlineData("Close-HcsContainer", "Close")]
    [InlineData("Start-HcsContainer", "Start")]
    public void An_object_acts_where_it_lives_in_every_form(string command, string operation)
    {
        string what = $"What if: Performing the operation \"{operation}\" on target \"container 'web'\".";
        Assert.Equal(
            [
                "live", $"[hosta] {what}",
                "argument", $"[hosta] {what}",
                "received", $"[hosta] {what}",
                "saved", $"[hosta] {what}",
                "twice", "HcsOtherComputer",
                "unknown", "HcsOtherComputer",
                "bare id", what,
            ],
            fleet.Lines("matrix " + command));
    }

    [Theory]
    [InlineData("Get-HcsContainer")]
    [InlineData("Get-HcsProcess")]
    [InlineData("Get-HcsStatistics")]
    public void A_reading_command_reads_where_the_object_lives(string command) => Assert.Equal(
        ["live hosta", "argument hosta", "received hosta", "saved hosta", "twice HcsOtherComputer", "unknown HcsOtherComputer", "bare id lab"],
        fleet.Lines("read " + command));

    [Fact]
    public void An_error_keeps_its_id_and_names_the_host() => Assert.Equal(
        [
            "HcsSystemNotFound,HcsPowerShell.Commands.StopHcsContainerCommand",
            "HcsSystemNotFound,HcsPowerShell.Commands.StopHcsContainerCommand",
            "[hosta] Cannot stop container 'nosuch'", "[hostb] Cannot stop container 'nosuch'", "True", "caught HcsSystemNotFound",
        ],
        fleet.Lines("error"));

    [Fact]
    public void Another_host_than_the_objects_own_is_refused() =>
        Assert.Equal(["HcsHostMismatch", "HcsHostMismatch", "Running"], fleet.Lines("mismatch"));

    [Fact]
    public void Warnings_and_verbose_lines_name_the_host() => Assert.Equal(["True", "True"], fleet.Lines("verbose"));

    [Fact]
    public void A_process_is_of_its_host_and_takes_input() =>
        Assert.Equal(["hosta HcsProcess", "True 137", "ParameterArgumentTransformationError", "True", "hello", "one", "two"], fleet.Lines("process"));

    [Fact]
    public void A_configuration_goes_over_and_a_file_does_not() => Assert.Equal(
        [
            "hosta made", "hostb made", "hosta table", "HcsNotOverRemoting", "Import-HcsConfiguration", "True",
        ],
        fleet.Lines("new"));

    [Fact]
    public void A_command_that_needs_a_terminal_says_what_to_type() => Assert.Equal(
        ["HcsNotOverRemoting", "ssh -t hosta pwsh -Command \"Enter-HcsContainer -Id 'web' -TimeoutSec 7\""],
        fleet.Lines("enter"));

    [Fact]
    public void A_question_is_asked_here() => Assert.Equal(["HcsConfirmationRequired", "hosta", "Running"], fleet.Lines("confirm"));

    [Fact]
    public void A_job_has_a_child_for_each_host_and_keeps_its_session_busy() => Assert.Equal(
        ["hosta Running", "hostb Running", "HcsHostBusy", "Stopped Stopped", "hosta Running"], fleet.Lines("job"));

    [Fact]
    public void A_host_that_breaks_is_one_error_and_the_rest_go_on() => Assert.Equal(
        ["HcsHostDisconnected", "True", "hosta", "hostb"], fleet.Lines("broken"));

    [Fact]
    public void A_connection_that_fails_before_its_session_shows_it_does_not_work() =>
        Assert.Equal(["the session to computer 'hosta' does not work any more."], fleet.Lines("open"));

    [Fact]
    public void A_session_that_breaks_meanwhile_is_an_error() => Assert.Equal(["HcsHostDisconnected"], fleet.Lines("breaks"));

    [Fact]
    public void A_host_that_is_left_is_gone_and_its_session_stays() => Assert.Equal(
        ["lab", "Opened", "HcsHostDisconnected", "hosta Running"], fleet.Lines("disconnect"));

    [Fact]
    public void Nothing_has_happened_here() => Assert.Equal(["Running"], fleet.Lines("here"));

    /// <summary>The output of one PowerShell with three sessions.</summary>
    public sealed class Fleet
    {
        private const string Script = """
            $ProgressPreference = 'SilentlyContinue'
            Import-Module HcsPowerShell
            $null = Connect-HcsHost lab -Embedded -Isolation Process; $null = New-HcsContainer web -Start
            $sessions = @(New-PSSession -HostName hosta, hostb, hostc, bare | Sort-Object ComputerName)
            $bare, $sessions = $sessions
            Invoke-Command $sessions {
                Import-Module HcsPowerShell; Connect-HcsHost -Embedded -Isolation Process
                $null = New-HcsContainer web -Start; $null = Start-HcsProcess web 'sleep 1000'
            }
            $a = $sessions[0]; $number = Invoke-Command $sessions[2] { $PID }
            function Tell { process { "$($_.HcsHost) $($_.State)" } }
            function Names { "$((Get-HcsHost -All).Name)" }
            function Id { ($failure[0].FullyQualifiedErrorId -split ',')[0] }
            $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure' }

            '== connect'
            Connect-HcsHost -Session $sessions -PassThru | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Kind)" }
            Names; (Get-HcsHost).Name
            '== bare'; Connect-HcsHost -Session $bare @quiet; $failure.FullyQualifiedErrorId; "$failure" -match "'bare'"; Names
            '== unusable'; Get-HcsHost -HcsHost $bare @quiet; $failure.Count
            Connect-HcsHost -HcsHost $bare -Embedded @quiet; $failure.Count; Names
            '== twice'; (Connect-HcsHost -Session $a -PassThru).Name
            Connect-HcsHost -Session $a -Name other @quiet; Id; ("$failure" -split ": ", 2)[1]
            $d = New-PSSession -HostName hostd
            Connect-HcsHost -Session $d -Name lab @quiet -WarningAction SilentlyContinue; Id; ("$failure" -split ": ", 2)[1]; Remove-PSSession $d
            '== list'
            Get-HcsContainer -HcsHost hosta, $sessions[1], lab | Sort-Object HcsHost | ForEach-Object { "$($_.HcsHost) $($_.GetType().Name)" }
            '== pipe'
            Get-HcsContainer -Session $sessions[0, 1] | Suspend-HcsContainer -PassThru | Sort-Object HcsHost | Tell
            Invoke-Command $sessions[0, 1] { Get-HcsContainer } | Resume-HcsContainer -PassThru | Sort-Object HcsHost | Tell
            "here $((Get-HcsContainer web).State)"
            '== id'; $id = Invoke-Command $a { (Get-HcsContainer).Id }
            $id | Get-HcsContainer | ForEach-Object { "$($_.HcsHost) $_" }; "$id" | Get-HcsContainer | ForEach-Object { "$($_.HcsHost) $_" }
            '== mixed'; $both = @(Get-HcsContainer -HcsHost hosta) + (Get-HcsContainer)
            Suspend-HcsContainer $both -PassThru | Sort-Object HcsHost | Tell; $both | Resume-HcsContainer

            $live = Get-HcsContainer -HcsHost hosta; $received = Invoke-Command $a { Get-HcsContainer }
            $file = New-TemporaryFile; $live | Export-Clixml $file; $saved = Import-Clixml $file
            $live | Export-Clixml $file; $unknown = Import-Clixml $file; $unknown.HostInstance = [guid]::NewGuid()
            $received | Export-Clixml $file; $twice = Import-Clixml $file
            $bareId = [pscustomobject]@{ Id = 'web' }
            foreach ($command in 'Suspend', 'Resume', 'Stop', 'Restart', 'Close', 'Start') {
                $command += '-HcsContainer'; "== matrix $command"
                'live'; $live | & $command -WhatIf; 'argument'; & $command $live -WhatIf; 'received'; $received | & $command -WhatIf
                'saved'; $saved | & $command -WhatIf; 'twice'; $twice | & $command -WhatIf @quiet; Id; 'unknown'; $unknown | & $command -WhatIf @quiet; Id; 'bare id'; $bareId | & $command -WhatIf
            }
            foreach ($command in 'Get-HcsContainer', 'Get-HcsProcess', 'Get-HcsStatistics') {
                "== read $command"
                "live $(($live | & $command)[0].HcsHost)"; "argument $((& $command $live)[0].HcsHost)"; "received $(($received | & $command)[0].HcsHost)"
                "saved $(($saved | & $command)[0].HcsHost)"; $null = $twice | & $command @quiet; "twice $(Id)"; $null = $unknown | & $command @quiet; "unknown $(Id)"
                $null = Start-HcsProcess web 'sleep 1000'; "bare id $(($bareId | & $command)[0].HcsHost)"
            }
            '== error'; Stop-HcsContainer nosuch -HcsHost hosta, hostb @quiet; $failure.FullyQualifiedErrorId
            $failure.Exception.Message | ForEach-Object { ($_ -split ':')[0] } | Sort-Object; $failure[0].ErrorDetails.RecommendedAction -match 'Get-HcsContainer'
            try { Stop-HcsContainer nosuch -HcsHost hosta -ErrorAction Stop } catch { "caught $(($_.FullyQualifiedErrorId -split ',')[0])" }
            '== mismatch'; $live | Stop-HcsContainer -HcsHost hostb -Force @quiet; Id; $live | Stop-HcsContainer -HcsHost lab -Force @quiet; Id; ($live | Get-HcsContainer).State
            '== verbose'; $lines = $live | Suspend-HcsContainer -Verbose 4>&1; @($lines -match '^\[hosta\] ').Count -gt 0; @($lines -notmatch '^\[hosta\] ').Count -eq 0
            $live | Resume-HcsContainer
            '== process'; $process = Start-HcsProcess $live 'sleep 1000'; "$($process.HcsHost) $($process.GetType().Name)"
            $ended = $process | Stop-HcsProcess -PassThru; "$($ended.HasExited) $($ended.ExitCode)"
            $process = Invoke-Command $a { (Get-HcsProcess web)[0].ProcessId }
            try { Stop-HcsProcess web $process -WhatIf } catch { $_.FullyQualifiedErrorId.Split(',')[0]; "$_" -match "'hosta'" }
            $live | Invoke-HcsProcess -CommandLine 'echo hello'; 'one', 'two' | Invoke-HcsProcess $live cat
            '== new'; Set-Content $file '{ "SystemType": "Container" }'
            Import-HcsConfiguration $file | New-HcsContainer -Id made -HcsHost hosta, hostb | Sort-Object HcsHost | ForEach-Object { "$($_.HcsHost) $_" }
            @{ SystemType = 'Container' } | New-HcsContainer -Id table -HcsHost hosta | ForEach-Object { "$($_.HcsHost) $_" }
            New-HcsContainer -Path $file -Id file -HcsHost hosta @quiet; Id; ($failure.ErrorDetails.RecommendedAction -split ' ')[0]
            @(Get-HcsContainer -HcsHost hosta).Id -notcontains 'file'
            Get-HcsContainer made, table -HcsHost hosta | Stop-HcsContainer -Force; Get-HcsContainer made -HcsHost hostb | Stop-HcsContainer -Force
            '== enter'; Enter-HcsContainer $live -TimeoutSec 7 @quiet; Id; $failure.ErrorDetails.RecommendedAction
            '== confirm'; Stop-HcsContainer web -HcsHost hosta -Confirm @quiet; Id; [regex]::Match("$failure", 'hosta').Value; ($live | Get-HcsContainer).State
            '== job'; $job = Get-HcsContainer web -Session $sessions[0, 1] | Sort-Object HcsHost | Wait-HcsContainer -AsJob
            $job.ChildJobs | ForEach-Object { "$($_.Location) $($_.State)" }
            do { Start-Sleep -Milliseconds 50; $live | Get-HcsContainer @quiet } until ($failure); Id
            Stop-Job $job; "$($job.ChildJobs.State)"; $live | Get-HcsContainer | Tell
            '== open'; $session = [HcsPowerShell.HcsHost].GetProperty('Session', [Reflection.BindingFlags]'NonPublic, Instance').GetValue((Get-HcsHost -All | Where-Object Name -eq hosta))
            $session.GetType().GetMethod('Broken').Invoke($session, [object[]]::new(1)).Message
            '== breaks'; $job = Wait-HcsContainer web -HcsHost hostc -AsJob; Stop-Process -Id $number -Force
            $null = $job | Wait-Job; $job | Receive-Job @quiet; Id
            '== broken'; $found = Get-HcsContainer -HcsHost hosta, hostb, hostc @quiet; $failure | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }; "$failure" -match 'hostc'; $found.HcsHost.Name | Sort-Object
            '== disconnect'; Disconnect-HcsHost hosta, hostb, hostc; Names; "$($a.State)"; $live | Stop-HcsContainer -Force @quiet; Id
            Connect-HcsHost -Session $a; $live | Get-HcsContainer | Tell
            '== here'; (Get-HcsContainer web).State
            '== end'
            """;

        private readonly PwshResult _result;

        public Fleet()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
            using var servers = new SshServers();
            _result = Pwsh.Run(new PwshStart("-Command", Script) { Environment = [servers.Variable] });
            Assert.True(_result.Output.Contains("== end"), _result.All);
            Assert.Equal(string.Empty, _result.Error);
        }

        public IReadOnlyList<string> Lines(string name) => _result.Section(name);
    }
}
