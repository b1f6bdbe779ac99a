# Get-HcsStatistics and Watch-HcsEvent in PowerShell itself.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name statistics
}

AfterAll {
    Disconnect-HcsHost statistics -Confirm:$false
}

Describe 'What a container uses' {
    BeforeAll {
        $script:web = New-HcsContainer web -Start
    }

    It 'is one sample with units in the names' {
        $sample = Get-HcsStatistics $web
        $sample.ContainerId | Should -Be 'web'
        $sample.Uptime | Should -BeOfType TimeSpan
        $sample.MemoryUsageCommitBytes | Should -Not -BeNullOrEmpty
        $sample.CpuPercent | Should -BeNullOrEmpty
    }

    It 'is a series with rates' {
        $null = Start-HcsProcess $web 'sh -c "while :; do :; done"'
        $samples = @(Get-HcsStatistics $web -Continuous -SampleCount 2 -IntervalSec 1)
        $samples.Count | Should -Be 2
        $samples[1].CpuPercent | Should -BeGreaterThan 0
    }

    It 'goes under the singular name too' {
        (Get-HcsStatistic $web).ContainerId | Should -Be 'web'
    }
}

Describe 'What happens to a container' {
    It 'arrives in a job, in order' {
        $watched = New-HcsContainer watched
        $job = Watch-HcsEvent $watched -AsJob
        Start-HcsContainer $watched
        Suspend-HcsContainer $watched
        Resume-HcsContainer $watched
        Stop-HcsContainer $watched -Force
        ($job | Wait-Job | Receive-Job).Type |
            Should -Be 'SystemStarted', 'SystemPaused', 'SystemResumed', 'SystemExited'
        Remove-Job $job
    }
}
