using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests what commands make of several hosts together: one table, one stream, one screen, one page. There are two hosts behind
/// sessions and two of this process, each with a container web, and only the hosts of this process tell their computer.
/// </summary>
public sealed class FleetMergeTests(FleetMergeTests.Fleet fleet) : IClassFixture<FleetMergeTests.Fleet>
{
    [Fact]
    public void A_table_tells_the_computer_when_another_is_addressed() => Assert.Equal(
        ["Computer here hosta hostb", "no Computer", "Computer hosta here"], fleet.Lines("table"));

    [Fact]
    public void The_object_keeps_its_class_and_a_copy_its_column() => Assert.Equal(
        ["HcsContainer", "Computer hosta", "Computer hosta"], fleet.Lines("copy"));

    [Fact]
    public void Two_hosts_of_this_process_are_used_together() => Assert.Equal(
        ["lab spare", "lab Paused spare Paused", "lab Running spare Running", "HcsSystemNotFound HcsSystemNotFound"],
        fleet.Lines("two"));

    [Fact]
    public void A_row_of_one_host_and_an_id_of_both_are_all_found() => Assert.Equal(["lab other lab web spare web"], fleet.Lines("row"));

    [Fact]
    public void Input_goes_to_the_processes_of_several_hosts() => Assert.Equal(
        ["lab in spare in", "in in", "x x", "hosta x lab x", "hosta 0 lab 0", "HcsHostMismatch"], fleet.Lines("invoke"));

    [Fact]
    public void Input_is_sent_to_processes_of_several_hosts() => Assert.Equal(
        ["lab spare", "lab one lab two spare one spare two", "hosta x lab x", "0 0", "HcsHostMismatch"], fleet.Lines("send"));

    [Fact]
    public void Access_is_granted_on_each_of_several_hosts() => Assert.Equal(["HcsNotSupported HcsNotSupported"], fleet.Lines("grant"));

    [Fact]
    public void Each_of_several_hosts_tests_a_configuration() => Assert.Equal(
        ["True True", "True True", "False False", "False HcsInvalidConfiguration"], fleet.Lines("test"));

    [Fact]
    public void Samples_of_all_hosts_come_with_the_rates_of_each() => Assert.Equal(
        ["hosta 3 2", "hostb 3 2", "lab 3 2"], fleet.Lines("samples"));

    [Fact]
    public void Events_of_all_hosts_come_as_they_occur() => Assert.Equal(["hosta lab HcsEvent"], fleet.Lines("events"));

    [Fact]
    public void One_screen_shows_all_hosts() => Assert.Equal(["COMPUTER CONTAINER", "here hosta hostb"], fleet.Lines("screen"));

    [Fact]
    public void One_page_reports_on_all_hosts() => Assert.Equal(["hosta lab"], fleet.Lines("page"));

    [Fact]
    public void The_first_exit_of_any_host_ends_the_wait_on_all() => Assert.Equal(
        ["spare any GracefulExit", "hosta Running", "hostb Running"], fleet.Lines("any"));

    [Fact]
    public void Input_goes_over_as_it_comes() => Assert.Equal(["acted before the end"], fleet.Lines("stream"));

    [Fact]
    public void A_command_takes_its_input_from_one_that_lasts_on_the_same_session() => Assert.Equal(["hosta brief Running"], fleet.Lines("chain"));

    [Fact]
    public void A_stopped_container_tells_how_it_ended() => Assert.Equal(["HcsExitStatus ForcedExit 0 True"], fleet.Lines("exit"));

    [Theory]
    [InlineData("Image")]
    [InlineData("Network")]
    [InlineData("MountedLayer")]
    [InlineData("Endpoint")]
    public void What_a_host_has_is_refused_on_another(string parameter) => Assert.Equal(
        ["HcsHostMismatch", "True", "HcsHostMismatch", "True", "HcsOtherComputer"], fleet.Lines("other " + parameter));

    [Theory]
    [InlineData("Container")]
    [InlineData("VirtualMachine")]
    [InlineData("Process")]
    [InlineData("ProcessResult")]
    [InlineData("ExitStatus")]
    [InlineData("Statistics")]
    [InlineData("Event")]
    [InlineData("Layer")]
    [InlineData("MountedLayer")]
    [InlineData("Image")]
    [InlineData("Network")]
    [InlineData("Endpoint")]
    [InlineData("MappedVirtualDisk")]
    public void A_copy_of_what_was_received_is_refused(string name) => Assert.Equal(
        ["received True", "saved HcsOtherComputer True"],
        fleet.Lines("copy of " + name).Where(line => !line.StartsWith("[hosta] What if: ", StringComparison.Ordinal)));

    [Fact]
    public void What_has_passed_two_sessions_is_refused() => Assert.Equal(["HcsOtherComputer", "True"], fleet.Lines("passed on"));

    [Fact]
    public void Ids_are_completed_there() => Assert.Equal(["web", "True"], fleet.Lines("complete"));

    [Fact]
    public void A_session_that_the_user_has_is_waited_for_and_named() => Assert.Equal(["not completed", "True", "web"], fleet.Lines("busy"));

    [Fact]
    public void A_session_that_is_no_host_cannot_be_left() => Assert.Equal(["HcsHostNotFound", "True"], fleet.Lines("leave"));

    /// <summary>The output of one PowerShell with two sessions.</summary>
    public sealed class Fleet
    {
        private const string Script = """
            $ProgressPreference = 'SilentlyContinue'
            $PSStyle.OutputRendering = 'PlainText'
            Import-Module HcsPowerShell
            $null = Connect-HcsHost spare -Embedded -Isolation Process; $null = New-HcsContainer web -Start
            $null = Connect-HcsHost lab -Embedded -Isolation Process; $null = New-HcsContainer web -Start
            $sessions = @(New-PSSession -HostName hosta, hostb | Sort-Object ComputerName); $a = $sessions[0]
            Invoke-Command $sessions {
                Import-Module HcsPowerShell; $null = Connect-HcsHost -Embedded -Isolation Process
                $null = New-HcsContainer web -Start; $null = Start-HcsProcess web 'sleep 1000'
            }
            Connect-HcsHost -Session $sessions
            $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure' }
            $folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()); $null = New-Item -ItemType Directory $folder
            $here = [Environment]::MachineName
            function Tell { process { "$($_.HcsHost) $($_.State)" } }
            function Ids { "$($failure | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })" }
            function Column {
                $rows = @($input | Out-String -Width 120 -Stream | Where-Object { $_ } | ForEach-Object { ($_ -split ' ')[0] })
                if ($rows[0] -ne 'Computer') { "no Computer" } else { "Computer $(($rows[2..9] | Sort-Object { $_ -replace $here, 'here' } -Unique) -replace $here, 'here')" }
            }
            function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches }

            '== table'; Get-HcsContainer -HcsHost lab, hosta, hostb | Column; Get-HcsContainer | Column
            & { Get-HcsContainer -HcsHost hosta; Get-HcsContainer } | Out-String -Width 120 -Stream | Where-Object { $_ } |
                ForEach-Object { ($_ -split ' ')[0] } | Where-Object { $_ -in 'Computer', 'hosta', $here } | Join-String -Separator ' ' | ForEach-Object { $_ -replace $here, 'here' }
            '== copy'; $live = Get-HcsContainer -HcsHost hosta; $live.GetType().Name; $live | Column
            $live | Export-Clixml "$folder/live.xml"; Import-Clixml "$folder/live.xml" | Column
            '== two'; "$((Get-HcsContainer -HcsHost lab, spare).HcsHost)"
            "$(Get-HcsContainer -HcsHost lab, spare | Suspend-HcsContainer -HcsHost spare, lab -PassThru | Sort-Object HcsHost | Tell)"
            "$(Resume-HcsContainer web -HcsHost lab, spare -PassThru | Sort-Object HcsHost | Tell)"
            Stop-HcsContainer nosuch -HcsHost lab, spare @quiet; Ids
            '== row'; $null = New-HcsContainer other -HcsHost lab -Start
            "$(Get-HcsContainer -Id web, ([pscustomobject]@{ Id = 'other'; HcsHost = 'lab' }) -HcsHost spare, lab | ForEach-Object { "$($_.HcsHost) $_" } | Sort-Object)"
            Stop-HcsContainer other -HcsHost lab -Force
            '== invoke'; $both = @(Get-HcsContainer web -HcsHost lab) + $live
            function Written { process { foreach ($line in $_.StandardOutput) { "$($_.HcsHost) $line" } } }
            "$(Invoke-HcsProcess web cat -InputObject in -PassThru -HcsHost lab, spare | Written | Sort-Object)"
            "$('in' | Invoke-HcsProcess web cat -HcsHost lab, spare)"
            "$(Get-HcsContainer web -HcsHost lab, spare | Invoke-HcsProcess 'echo x' -HcsHost spare, lab)"
            "$(Invoke-HcsProcess $both 'echo x' -PassThru | Written | Sort-Object)"
            "$(@() | Invoke-HcsProcess $both 'wc -c' -PassThru | Written | Sort-Object)"
            1..3 | Invoke-HcsProcess $live cat -HcsHost lab, spare @quiet; Ids
            '== send'; $pipes = @{ CommandLine = 'cat'; CreateStdInPipe = $true; CreateStdOutPipe = $true }
            function Read { process { foreach ($line in Receive-HcsProcessOutput $_ -Wait) { "$($_.HcsHost) $line" } } }
            $readers = Start-HcsProcess web @pipes -HcsHost lab, spare
            "$(('one', 'two' | Send-HcsProcessInput $readers -HcsHost spare, lab -Close -PassThru).HcsHost.Name | Sort-Object)"; "$($readers | Read | Sort-Object)"
            $readers = Start-HcsProcess $both @pipes; 'x' | Send-HcsProcessInput $readers -Close; "$($readers | Read | Sort-Object)"
            $readers = Start-HcsProcess $both @pipes; @() | Send-HcsProcessInput $readers -Close; "$((Wait-HcsProcess $readers -TimeoutSec 60).ExitCode)"
            1..3 | Send-HcsProcessInput $readers[1] -HcsHost lab, spare @quiet; Ids
            '== grant'; Grant-HcsVMAccess web "$folder/live.xml" -HcsHost lab, spare @quiet; Ids
            '== test'; $document = '{ "SystemType": "Container" }'
            "$(Test-HcsConfiguration $document -OnHost -HcsHost lab, spare)"; "$($document -split ' ' | Test-HcsConfiguration -HcsHost lab, spare)"
            "$(Test-HcsConfiguration '{ "SystemType": 1 }' -HcsHost lab, spare @quiet)"
            "$('{' | Test-HcsConfiguration -HcsHost lab, spare @quiet) $(Ids)"
            '== samples'
            Get-HcsStatistics web -Continuous -SampleCount 3 -IntervalSec 0.2 -HcsHost lab, hosta, hostb | Group-Object HcsHost | Sort-Object Name |
                ForEach-Object { "$($_.Name) $($_.Count) $(@($_.Group.CpuPercent -ne $null).Count)" }
            '== events'
            $ends = { $w = [powershell]::Create().AddScript({ while ($true) { $null = Start-HcsProcess web 'true'; Start-Sleep -Milliseconds 200 } }); $null = $w.BeginInvoke() }
            Invoke-Command $a $ends; $w = [powershell]::Create().AddScript({ while ($true) { $null = Start-HcsProcess web 'true' -HcsHost lab; Start-Sleep -Milliseconds 200 } }); $null = $w.BeginInvoke()
            $seen = @{}
            Watch-HcsEvent web -HcsHost lab, hosta | Where-Object { $seen["$($_.HcsHost)"] = $true; $seen.Count -eq 2 } | Select-Object -First 1 |
                ForEach-Object { "$($seen.Keys | Sort-Object) $($_.GetType().Name)" }
            $null = $w.BeginStop($null, $null); Invoke-Command $a { $null = $w.BeginStop($null, $null) }
            '== screen'; $screen = (Show-HcsStatistics web -SampleCount 3 -IntervalSec 0.5 -HcsHost lab, hosta, hostb 6>&1 | Out-String) -split "`n"
            ($screen[0] -split ' +')[0, 1] -join ' '; "$(($screen | ForEach-Object { ($_ -split ' ')[0] -replace $here, 'here' } | Where-Object { $_ -in 'here', 'hosta', 'hostb' } | Sort-Object -Unique))"
            '== page'; Get-HcsStatistics web -Continuous -SampleCount 2 -IntervalSec 0.1 -HcsHost lab, hosta | Export-HcsReport "$folder/page.html"
            "$([regex]::Matches((Get-Content -Raw "$folder/page.html"), '<h2>web on [^<]*host (\w+)</h2>') | ForEach-Object { $_.Groups[1].Value } | Sort-Object)"
            '== any'; $null = New-HcsContainer any -HcsHost spare -Start
            $w = [powershell]::Create().AddScript({ Start-Sleep 1; Get-HcsContainer any -HcsHost spare | Stop-HcsContainer }); $null = $w.BeginInvoke()
            $all = @(Get-HcsContainer any -HcsHost spare) + (Get-HcsContainer web -HcsHost hosta, hostb)
            Wait-HcsContainer $all -Any | ForEach-Object { "$($_.HcsHost) $($_.ContainerId) $($_.ExitType)" }
            Get-HcsContainer web -HcsHost hosta, hostb | Sort-Object HcsHost | Tell
            '== stream'; $mark = "$folder/mark"
            & {
                $live; for ($i = 0; $i -lt 1200 -and -not (Test-Path $mark); $i++) { Start-Sleep -Milliseconds 50 }
                $script:acted = if (Test-Path $mark) { 'acted before the end' } else { 'acted at the end' }
            } | Start-HcsProcess -CommandLine "touch $mark" | Out-Null
            $acted
            '== chain'; $brief = New-HcsContainer brief -HcsHost hosta -Start
            Invoke-Command $a { $w = [powershell]::Create().AddScript({ Start-Sleep 1; Stop-HcsContainer brief }); $null = $w.BeginInvoke() }
            $brief | Wait-HcsContainer | Restart-HcsContainer -PassThru | ForEach-Object { "$($_.HcsHost) $_ $($_.State)" }
            '== exit'; $ended = Stop-HcsContainer brief -HcsHost hosta -Force -PassThru
            "$($ended.ExitStatus.GetType().Name) $($ended.ExitStatus.ExitType) $($ended.ExitStatus.Status) $($ended.ExitStatus.ExitTime -gt [datetime]::Today.AddDays(-1))"
            foreach ($parameter in 'Image', 'Network', 'MountedLayer', 'Endpoint') {
                "== other $parameter"
                $thing = [pscustomobject]@{
                    Name = 'thing'; Id = [guid]::NewGuid(); LayerFolderPath = '/thing'; VolumePath = '/thing'; Layers = @()
                    HcsHost = 'hosta'; HostInstance = $live.HostInstance
                }
                $thing.PSObject.TypeNames.Insert(0, "Deserialized.HcsPowerShell.Hcs$parameter")
                $given = @{ $parameter = $thing }
                New-HcsContainer new -HcsHost hostb @given @quiet; Ids; "$failure" -match "on host 'hosta', not on 'hostb'"
                New-HcsContainer new -HcsHost lab @given @quiet; Ids
                "$failure" -match $(if ($parameter -in 'Network', 'Endpoint') { "'thing' \($($thing.Id)\)" } else { 'thing' })
                $thing.PSObject.TypeNames.Insert(1, 'Deserialized.HcsPowerShell.HcsOutput'); $thing | Export-Clixml "$folder/copy.xml"
                $given = @{ $parameter = Import-Clixml "$folder/copy.xml" }; New-HcsContainer new @given @quiet; Ids
            }
            $of = { param($type, $command, $own) @{ Type = $type; Command = $command; Own = $own } }
            $id = @{ Id = 'thing'; SystemType = 'Container' }; $container = @{ ContainerId = 'thing' }; $folders = @{ LayerFolderPath = '/thing'; VolumePath = '/thing'; Layers = @() }
            foreach ($class in @(
                & $of Container Stop-HcsContainer $id; & $of VirtualMachine Stop-HcsContainer $id; & $of Process Stop-HcsProcess ($container + @{ ProcessId = 7 })
                & $of ProcessResult Stop-HcsProcess ($container + @{ ProcessId = 7 }); & $of ExitStatus Stop-HcsContainer $container
                & $of Statistics Stop-HcsContainer $container; & $of Event Stop-HcsContainer $container; & $of Layer Remove-HcsLayer @{ Path = '/thing'; Kind = 'Base' }
                & $of MountedLayer Dismount-HcsLayer $folders; & $of Image Remove-HcsImage @{ Name = 'thing'; Digest = 'sha256:0' }
                & $of Network Remove-HcsNetwork @{ Name = 'thing'; Id = [guid]::NewGuid() }; & $of Endpoint Remove-HcsEndpoint @{ Name = 'thing'; Id = [guid]::NewGuid() }
                & $of MappedVirtualDisk Stop-HcsContainer $container)) {
                "== copy of $($class.Type)"; $command = $class.Command
                $received = [pscustomobject]($class.Own + @{ HcsHost = 'hosta'; HostInstance = $live.HostInstance })
                @('HcsOutput') + @(if ($class.Type -eq 'VirtualMachine') { 'HcsContainer' }) + "Hcs$($class.Type)" |
                    ForEach-Object { $received.PSObject.TypeNames.Insert(0, "Deserialized.HcsPowerShell.$_") }
                $received | & $command -WhatIf @quiet; "received $((Ids) -ne 'HcsOtherComputer')"
                $received | Export-Clixml "$folder/copy.xml"; Import-Clixml "$folder/copy.xml" | & $command -WhatIf @quiet
                "saved $(Ids) $("$failure" -match "was saved or sent on after it had been received from host 'hosta'.*$command.* -HcsHost 'hosta'")"
            }
            '== passed on'
            $inner = Invoke-Command $a {
                $s = New-PSSession -HostName hostd
                Invoke-Command $s { Import-Module HcsPowerShell; $null = Connect-HcsHost -Embedded -Isolation Process; New-HcsContainer web -Start }
            }
            $inner | Stop-HcsContainer -Force @quiet; Ids; "$failure" -match "was received on computer 'hosta' and sent on"
            '== complete'
            for ($i = 0; $i -lt 100 -and -not $offers; $i++) { $offers = Complete 'Stop-HcsContainer -HcsHost hosta -Id ' }; "$($offers.CompletionText)"
            for ($i = 0; $i -lt 100 -and -not $processes; $i++) { $processes = Complete 'Stop-HcsProcess -HcsHost hosta -ContainerId web -ProcessId ' }; "$($processes.ListItemText)" -match 'sleep'
            '== busy'; $go = "$folder/go"
            $held = Invoke-Command $a { while (-not (Test-Path $using:go)) { Start-Sleep -Milliseconds 50 } } -AsJob
            if (-not (Complete 'Stop-HcsContainer -HcsHost hosta -Id ')) { 'not completed' }
            Get-HcsContainer web -HcsHost hosta 3>&1 | ForEach-Object {
                if ($_ -is [Management.Automation.WarningRecord]) { "$_" -match "waits for the session to computer 'hosta'"; $null = New-Item $go } else { "$_" }
            }
            $null = $held | Wait-Job -Timeout 60; Remove-Job $held -Force
            '== leave'; $c = New-PSSession -HostName hostc; Disconnect-HcsHost -HcsHost $c @quiet; Ids; 'hostc' -notin (Get-HcsHost -All).Name
            Remove-Item $folder -Recurse
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
