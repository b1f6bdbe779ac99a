using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>Tests hosts behind the SSH of Debian, on three machines with a network and a server each.</summary>
[WideStage]
public sealed class FleetSshdTests
{
    [Fact]
    public void Hosts_behind_a_real_server_work_as_those_of_the_stand_in()
    {
        SshNetwork.Require();
        using var network = new SshNetwork(3);
        string addresses = string.Join(", ", network.Addresses.Select(address => $"'{address}'"));
        PwshResult result = Pwsh.Run(new PwshStart("-Command", $$"""
            $ProgressPreference = 'SilentlyContinue'
            Import-Module HcsPowerShell; $null = Connect-HcsHost lab -Embedded -Isolation Process; $null = New-HcsContainer web -Start
            $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure' }
            $addresses = {{addresses}}
            $options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
            $sessions = New-PSSession -HostName $addresses -UserName root -KeyFilePath '{{network.ClientKey}}' -Options $options |
                Sort-Object { [int]($_.ComputerName -split '\.')[3] }
            '== network'; Invoke-Command $sessions { "$(ip -4 -o address show eth0)" -match $args[0] } -ArgumentList '203\.0\.113\.'
            '== connect'; Connect-HcsHost -Session $sessions
            New-HcsContainer web -Start -Session $sessions | ForEach-Object { "$($_.HcsHost) $_ $($_.State)" } | Sort-Object
            '== pipe'; $web = Get-HcsContainer web -HcsHost $addresses[0, 1]; $web | Suspend-HcsContainer
            Get-HcsContainer web -Session $sessions | ForEach-Object { "$($_.HcsHost) $($_.State)" } | Sort-Object; (Get-HcsContainer web).State
            $web | Resume-HcsContainer
            '== run'; Invoke-HcsProcess web 'echo hello' -Session $sessions
            '== refused'; $saved = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($web[0]))
            $saved.HostInstance = [guid]::NewGuid(); $saved | Stop-HcsContainer -Force @quiet; ($failure.FullyQualifiedErrorId -split ',')[0]
            '== stop'; foreach ($n in 0..15) { $job = $web[0] | Watch-HcsEvent -AsJob; Start-Sleep -Milliseconds $n; Stop-Job $job }
            "$($job.State)"; ($web[0] | Get-HcsContainer).State
            '== dies'; $number = Invoke-Command $sessions[2] { $PID }; $job = Wait-HcsContainer web -Session $sessions[2] -AsJob
            Stop-Process -Id $number -Force; $null = Wait-Job $job; Receive-Job $job @quiet; ($failure.FullyQualifiedErrorId -split ',')[0]
            (Get-HcsContainer -HcsHost $addresses @quiet).HcsHost.Name | Sort-Object; $failure.Count
            '== end'; Remove-PSSession $sessions
            """));
        Assert.True(result.Output.Contains("== end"), result.All);
        Assert.True(result.Error.Length == 0, result.All);
        Assert.Equal(["True", "True", "True"], result.Section("network"));
        Assert.Equal(["203.0.113.10 web Running", "203.0.113.2 web Running", "203.0.113.6 web Running"], result.Section("connect"));
        Assert.Equal(["203.0.113.10 Running", "203.0.113.2 Paused", "203.0.113.6 Paused", "Running"], result.Section("pipe"));
        Assert.Equal(["hello", "hello", "hello"], result.Section("run"));
        Assert.Equal(["HcsOtherComputer"], result.Section("refused"));
        Assert.Equal(["Stopped", "Running"], result.Section("stop"));
        Assert.Equal(["HcsHostDisconnected", "203.0.113.2", "203.0.113.6", "1"], result.Section("dies"));
    }
}
