# Commands as jobs: -AsJob.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A job under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name jobs
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        Get-Job | Where-Object PSJobTypeName -Like 'Hcs*' | Remove-Job -Force
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    AfterAll {
        Disconnect-HcsHost jobs -Confirm:$false
    }

    It 'of <Name> does what the command does' -ForEach @(
        @{ Name = 'New-HcsContainer'
            Action = { New-HcsContainer new -AsJob }
            Property = 'State'; Value = 'Created' }
        @{ Name = 'Start-HcsContainer'
            Action = { New-HcsContainer new | Start-HcsContainer -PassThru -AsJob }
            Property = 'State'; Value = 'Running' }
        @{ Name = 'Suspend-HcsContainer'
            Action = { Suspend-HcsContainer web -PassThru -AsJob }
            Property = 'State'; Value = 'Paused' }
        @{ Name = 'Resume-HcsContainer'
            Action = { Suspend-HcsContainer web; Resume-HcsContainer web -PassThru -AsJob }
            Property = 'State'; Value = 'Running' }
        @{ Name = 'Stop-HcsContainer'
            Action = { Stop-HcsContainer web -PassThru -AsJob }
            Property = 'State'; Value = 'Stopped' }
        @{ Name = 'Start-HcsProcess'
            Action = { Start-HcsProcess web $program.Sleep -AsJob }
            Property = 'HasExited'; Value = $false }
        @{ Name = 'Stop-HcsProcess'
            Action = { Start-HcsProcess web $program.Sleep | Stop-HcsProcess -PassThru -AsJob }
            Property = 'HasExited'; Value = $true }
        @{ Name = 'Wait-HcsProcess'
            Action = { Start-HcsProcess web $program.Exit3 | Wait-HcsProcess -AsJob }
            Property = 'ExitCode'; Value = 3 }
        @{ Name = 'Invoke-HcsProcess'
            Action = { Invoke-HcsProcess web $program.Exit3 -PassThru -AsJob }
            Property = 'ExitCode'; Value = 3 }
    ) {
        $null = New-HcsContainer web -Start
        $job = & $Action
        ($job | Wait-Job -Timeout 60).State | Should -Be 'Completed'
        (Receive-Job $job).$Property | Should -Be $Value
    }

    It 'is found by Get-Job while it runs, by its id and name' {
        $web = New-HcsContainer web -Start
        $job = Wait-HcsContainer $web -AsJob
        $job.State | Should -Be 'Running'
        (Get-Job -Id $job.Id).InstanceId | Should -Be $job.InstanceId
        (Get-Job -Name $job.Name).Id | Should -Contain $job.Id
    }

    It 'has one child for each target, and one that fails does not end the others' {
        $null = New-HcsContainer a
        $null = New-HcsContainer b
        $job = Start-HcsContainer a, mail, b -AsJob
        $null = $job | Wait-Job -Timeout 60
        $job.ChildJobs.Count | Should -Be 3
        ($job.ChildJobs.State | Sort-Object) -join ' ' | Should -Be 'Completed Completed Failed'
        $null = Receive-Job $job -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'HcsSystemNotFound*'
        (Get-HcsContainer -State Running).Id | Sort-Object | Should -Be 'a', 'b'
    }

    It 'gives output while it runs' {
        $web = New-HcsContainer web -Start
        $job = Invoke-HcsProcess $web $program.Begin -AsJob
        $deadline = [DateTime]::UtcNow.AddSeconds(30)
        do { $output = Receive-Job $job } until ($output -or [DateTime]::UtcNow -gt $deadline)
        $output | Should -Be 'begun'
        $job.State | Should -Be 'Running'
    }

    It 'ends with Stop-Job, and the process of Invoke-HcsProcess with it' {
        $web = New-HcsContainer web -Start
        $job = Invoke-HcsProcess $web $program.Begin -AsJob
        $deadline = [DateTime]::UtcNow.AddSeconds(30)
        do { $output = Receive-Job $job } until ($output -or [DateTime]::UtcNow -gt $deadline)
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        $image = $program.Sleep.Split(' ')[0]
        $deadline = [DateTime]::UtcNow.AddSeconds(30)
        do { $left = Get-HcsProcess $web | Where-Object ImageName -Like "$image*" }
        while ($left -and [DateTime]::UtcNow -lt $deadline)
        $left | Should -BeNullOrEmpty
    }

    It 'of a wait ends with Stop-Job, and the container goes on' {
        $web = New-HcsContainer web -Start
        $job = Wait-HcsContainer $web -AsJob
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        (Get-HcsContainer web).State | Should -Be 'Running'
    }

    It 'is gone after Remove-Job' {
        $web = New-HcsContainer web -Start
        $job = Stop-HcsContainer $web -AsJob
        $null = $job | Wait-Job -Timeout 60
        Remove-Job $job
        Get-Job | Where-Object Id -EQ $job.Id | Should -BeNullOrEmpty
    }

    It 'is not made with -WhatIf' {
        $null = New-HcsContainer web -Start
        Stop-HcsContainer web -WhatIf -AsJob | Should -BeNullOrEmpty
        (Get-HcsContainer web).State | Should -Be 'Running'
    }
}
