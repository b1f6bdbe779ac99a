# One page about samples and events: Export-HcsReport.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name reports
}

AfterAll {
    Disconnect-HcsHost reports -Confirm:$false
}

Describe 'A report' {
    BeforeAll {
        $web = New-HcsContainer web -Start
        $events = Watch-HcsEvent $web -AsJob
        $samples = Get-HcsStatistics $web -Continuous -SampleCount 3 -IntervalSec 0.1
        Suspend-HcsContainer $web
        Stop-HcsContainer $web -Force
        $events = $events | Wait-Job | Receive-Job
        $page = Join-Path $TestDrive 'report.html'
    }

    AfterEach {
        Remove-Item -LiteralPath $page -Force -ErrorAction Ignore
    }

    It 'is one page with a plot and a table of events' {
        @($samples) + $events | Export-HcsReport $page -Title 'web, one second'
        $page | Should -FileContentMatch '<title>web, one second</title>'
        $page | Should -FileContentMatch '<h2>web</h2>'
        $page | Should -FileContentMatch '<polyline'
        $page | Should -FileContentMatch 'SystemPaused'
    }

    It 'needs no script and nothing from elsewhere' {
        $samples | Export-HcsReport $page
        $page | Should -Not -FileContentMatch '<script'
        $page | Should -Not -FileContentMatch '(src|href)="http'
    }

    It 'is made of samples that were saved and read again' {
        $saved = Join-Path $TestDrive 'samples.xml'
        $samples | Export-Clixml $saved
        (Import-Clixml $saved | Export-HcsReport $page -PassThru).Name | Should -Be 'report.html'
        $page | Should -FileContentMatch '<polyline'
    }

    It 'does not replace a file with -NoClobber' {
        'mine' | Set-Content -LiteralPath $page
        { $samples | Export-HcsReport $page -NoClobber -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsFileNotWritable*'
        Get-Content -LiteralPath $page | Should -Be 'mine'
    }

    It 'replaces a read-only file with -Force' {
        'mine' | Set-Content -LiteralPath $page
        Set-ItemProperty -LiteralPath $page IsReadOnly $true
        $samples | Export-HcsReport $page -Force
        $page | Should -FileContentMatch '<polyline'
    }

    It 'is not written with -WhatIf' {
        $samples | Export-HcsReport $page -WhatIf
        $page | Should -Not -Exist
    }

    It 'takes nothing but samples and events' {
        { 'text' | Export-HcsReport $page -ErrorAction Stop } | Should -Throw -ErrorId 'HcsInvalidTarget*'
    }

    It 'is the error HcsFileNotWritable where the folder does not exist' {
        { $samples | Export-HcsReport ([IO.Path]::Combine($TestDrive, 'no', 'report.html')) -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsFileNotWritable*'
    }
}
