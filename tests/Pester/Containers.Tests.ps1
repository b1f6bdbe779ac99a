# New-, Get-, Start-, Stop-, Suspend-, Resume-, Wait-, Set- and Close-HcsContainer in PowerShell itself.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name containers
}

AfterAll {
    Disconnect-HcsHost containers -Confirm:$false
}

Describe 'The life of a container' {
    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    It 'is created, started, paused, resumed and stopped' {
        $web = New-HcsContainer web
        $web.State | Should -Be 'Created'
        (Start-HcsContainer $web -PassThru).State | Should -Be 'Running'
        (Suspend-HcsContainer $web -PassThru).State | Should -Be 'Paused'
        (Resume-HcsContainer $web -PassThru).State | Should -Be 'Running'
        $stopped = Stop-HcsContainer $web -PassThru
        $stopped.ExitStatus.ExitType | Should -Not -BeNullOrEmpty
        Get-HcsContainer | Should -BeNullOrEmpty
    }

    It 'takes a hashtable and knows members by Go''s names too' {
        (New-HcsContainer @{ Name = 'hashed'; Owner = 'me' }).Owner | Should -Be 'me'
    }

    It 'is found by <_>' -ForEach @(
        @{ Owner = 'me' }
        @{ State = 'Running' }
        @{ Id = 'w*' }
        @{ Name = 'web' }
    ) {
        $null = New-HcsContainer web -Owner me -Start
        $null = New-HcsContainer other
        $by = $_
        (Get-HcsContainer @by).Id | Should -Be 'web'
    }

    It 'is stopped through the pipeline, by object and by id' {
        $null = 'a', 'b', 'c' | ForEach-Object { New-HcsContainer $_ -Start }
        Get-HcsContainer a | Stop-HcsContainer -Force
        'b', 'c' | Stop-HcsContainer -Force
        Get-HcsContainer | Should -BeNullOrEmpty
    }

    It 'tells how it ended to whoever waits, early or late' {
        $web = New-HcsContainer web -Start
        $job = Wait-HcsContainer $web -AsJob
        Stop-HcsContainer $web -Force
        ($job | Wait-Job | Receive-Job).ExitType | Should -Be 'ForcedExit'
        (Wait-HcsContainer $web -TimeoutSec 0).ExitType | Should -Be 'ForcedExit'
        Remove-Job $job
    }

    It 'does nothing with -WhatIf' {
        New-HcsContainer web -WhatIf
        Get-HcsContainer | Should -BeNullOrEmpty
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'an id that is taken'; Id = 'HcsSystemAlreadyExists'; Action = { New-HcsContainer web } }
        @{ What = 'an id nobody knows'; Id = 'HcsSystemNotFound'; Action = { Get-HcsContainer nobody } }
        @{ What = 'a second start'; Id = 'HcsInvalidState'; Action = { Start-HcsContainer web } }
        @{ What = 'a wait that is too long'; Id = 'HcsOperationTimeout'; Action = { Wait-HcsContainer web -TimeoutSec 0 } }
    ) {
        $null = New-HcsContainer web -Start
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }

    It 'goes on after the one that fails' {
        $null = New-HcsContainer a
        $null = New-HcsContainer b
        $started = 'a', 'nobody', 'b' | Start-HcsContainer -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed
        $started.Id | Should -Be 'a', 'b'
        $failed.FullyQualifiedErrorId | Should -BeLike 'HcsSystemNotFound*'
    }
}
