# Events of containers that the service reports: Watch-HcsEvent.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'Events under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name events
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    AfterAll {
        Disconnect-HcsHost events -Confirm:$false
    }

    It 'arrive in a job, in order, which ends when the container has exited' {
        $web = New-HcsContainer web
        $job = Watch-HcsEvent $web -AsJob
        Start-HcsContainer $web
        Suspend-HcsContainer $web
        Resume-HcsContainer $web
        Stop-HcsContainer $web -Force
        ($job | Wait-Job -Timeout 30 | Receive-Job).Type |
            Should -Be 'SystemStarted', 'SystemPaused', 'SystemResumed', 'SystemExited'
        Remove-Job $job
    }

    It 'tell the container, the time and the process' {
        $web = New-HcsContainer web -Start
        $job = Watch-HcsEvent $web -AsJob
        $before = [DateTimeOffset]::Now.AddSeconds(-1)
        $process = Start-HcsProcess $web $program.Exit3
        $null = Wait-HcsProcess $process
        Stop-HcsContainer $web -Force
        $events = $job | Wait-Job -Timeout 30 | Receive-Job
        $events.ContainerId | Select-Object -Unique | Should -Be 'web'
        ($events | Where-Object Type -EQ 'ProcessExited').ProcessId | Should -Contain $process.ProcessId
        $events | ForEach-Object { $_.Timestamp | Should -BeGreaterThan $before }
        Remove-Job $job
    }

    It 'of all containers that exist are watched with a pattern' {
        $null = 'a', 'b' | ForEach-Object { New-HcsContainer $_ -Start }
        $job = Watch-HcsEvent * -AsJob
        Stop-HcsContainer * -Force
        $exits = $job | Wait-Job -Timeout 30 | Receive-Job | Where-Object Type -EQ 'SystemExited'
        $exits.ContainerId | Sort-Object | Should -Be 'a', 'b'
        Remove-Job $job
    }

    It 'are no error when the time has passed' {
        $null = New-HcsContainer web -Start
        Watch-HcsEvent web -TimeoutSec 0 -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'of an id that is unknown are the error HcsSystemNotFound' {
        { Watch-HcsEvent mail -TimeoutSec 0 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
    }
}
