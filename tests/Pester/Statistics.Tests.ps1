# Get-HcsStatistics, Show-HcsStatistics, Watch-HcsEvent and Export-HcsReport in PowerShell itself.

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

Describe 'What is shown and reported' {
    BeforeAll {
        $script:shown = New-HcsContainer shown -Start
    }

    It 'is a table a sample where there is no terminal' {
        $frames = Show-HcsStatistics $shown -SampleCount 2 -IntervalSec 0.1 6>&1
        $frames.Count | Should -Be 2
        "$($frames[1])" | Should -Match '(?m)^shown .* %'
    }

    It 'is a page about samples that were saved and read again' {
        $saved = Join-Path $TestDrive 'samples.xml'
        $page = Join-Path $TestDrive 'report.html'
        Get-HcsStatistics $shown -Continuous -SampleCount 3 -IntervalSec 0.1 | Export-Clixml $saved
        (Import-Clixml $saved | Export-HcsReport $page -PassThru).Name | Should -Be 'report.html'
        $page | Should -FileContentMatch '<polyline'
        $page | Should -FileContentMatch '<h2>shown</h2>'
    }
}
