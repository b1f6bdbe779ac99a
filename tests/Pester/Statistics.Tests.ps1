# Resource use of containers: Get- and Show-HcsStatistics.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'Statistics under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name statistics
        $web = New-HcsContainer web -Start
        $db = New-HcsContainer db -Start
        $null = Start-HcsProcess $web $program.Work
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterAll {
        Disconnect-HcsHost statistics -Confirm:$false
    }

    It 'are one sample, with the units in the names' {
        $sample = Get-HcsStatistics $web
        $sample.ContainerId | Should -Be 'web'
        $sample.Uptime | Should -BeOfType timespan
        $sample.TotalRuntime | Should -BeOfType timespan
        $sample.MemoryUsageCommitBytes | Should -BeOfType uint64
    }

    It 'have no rates in a single sample: a rate is since the sample before' {
        $sample = Get-HcsStatistics $web
        $sample.CpuPercent | Should -BeNullOrEmpty
        $sample.ReadBytesPerSec | Should -BeNullOrEmpty
    }

    It 'grow from sample to sample in a series, which has rates' {
        $samples = @(Get-HcsStatistics $web -Continuous -SampleCount 3 -IntervalSec 0.3)
        $samples.Count | Should -Be 3
        $samples[0].CpuPercent | Should -BeNullOrEmpty
        $samples[2].CpuPercent | Should -BeGreaterThan 0
        $samples[2].TotalRuntime | Should -BeGreaterThan $samples[0].TotalRuntime
        $samples[2].ReadBytesPerSec | Should -BeGreaterOrEqual 0
    }

    It 'are taken of several containers side by side' {
        $samples = Get-HcsStatistics web, db -Continuous -SampleCount 2 -IntervalSec 0.1
        ($samples | Group-Object ContainerId | Sort-Object Name | ForEach-Object { '{0} {1}' -f $_.Name, $_.Count }) |
            Should -Be 'db 2', 'web 2'
    }

    It 'are taken of what is piped in' {
        (Get-HcsContainer | Get-HcsStatistics).ContainerId | Sort-Object | Should -Be 'db', 'web'
    }

    It 'are taken in a job, one child for each container' {
        $job = Get-HcsStatistics web, db -Continuous -SampleCount 2 -IntervalSec 0.1 -AsJob
        $job.ChildJobs.Count | Should -Be 2
        @($job | Wait-Job | Receive-Job).Count | Should -Be 4
        Remove-Job $job
    }

    It 'come from Get-HcsStatistic too' {
        (Get-HcsStatistic $web).ContainerId | Should -Be 'web'
    }

    It 'are the error <Id> for a container that <Condition>' -ForEach @(
        @{ Condition = 'does not exist'; Id = 'HcsSystemNotFound'; Prepare = { 'mail' } }
        @{ Condition = 'has exited'; Id = 'HcsSystemAlreadyStopped'; Prepare = {
            New-HcsContainer gone -Start | Stop-HcsContainer -PassThru } }
    ) {
        $container = & $Prepare
        { Get-HcsStatistics $container -ErrorAction Stop } | Should -Throw -ErrorId "$Id*"
    }

    It 'end with the container, without an error' {
        $brief = New-HcsContainer brief -Start
        $job = Get-HcsStatistics $brief -Continuous -IntervalSec 0.1 -AsJob
        $deadline = [DateTime]::UtcNow.AddSeconds(30)
        do { $sample = Receive-Job $job } until ($sample -or [DateTime]::UtcNow -gt $deadline)
        Stop-HcsContainer $brief -Force
        ($job | Wait-Job -Timeout 30).State | Should -Be 'Completed'
        Remove-Job $job
    }

    It 'are shown as one table a sample where there is no terminal' {
        $frames = @(Show-HcsStatistics web, db -SampleCount 2 -IntervalSec 0.1 6>&1)
        $frames.Count | Should -Be 2
        "$($frames[1])" | Should -Match '(?m)^web .* %'
        "$($frames[1])" | Should -Match '(?m)^db .* %'
    }
}
