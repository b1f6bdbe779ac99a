# Hosts that fail on demand, for tests of runbooks: Connect-HcsHost -FaultPlan.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')

    function Use-Fault([object[]] $Plan) {
        Connect-HcsHost -Embedded -Isolation Process -Name faults -FaultPlan $Plan
    }
}

Describe 'A fault by plan' {
    AfterEach {
        Get-HcsHost -All | Where-Object Name -EQ 'faults' | ForEach-Object { Disconnect-HcsHost $_ -Confirm:$false }
    }

    It 'refuses the call that is named, and no other' {
        Use-Fault @{ Operation = 'Create'; Nth = 2; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        (New-HcsContainer a).State | Should -Be 'Created'
        { New-HcsContainer b -ErrorAction Stop } | Should -Throw -ErrorId 'HcsConnectionTimeout*'
        (New-HcsContainer b).State | Should -Be 'Created'
    }

    It 'refuses every call where no number is given' {
        Use-Fault @{ Operation = 'Statistics'; HResult = '0x80070005' }
        $web = New-HcsContainer web -Start
        1..2 | ForEach-Object {
            { Get-HcsStatistics $web -ErrorAction Stop } | Should -Throw -ErrorId 'HcsAccessDenied*'
        }
    }

    It 'has the code of the service, as a script reads it' {
        Use-Fault @{ Operation = 'Start'; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        $null = New-HcsContainer web
        try { Start-HcsContainer web -ErrorAction Stop } catch { $failure = $_ }
        '0x{0:X8}' -f $failure.Exception.HResult | Should -Be '0x80370109'
        $failure.TargetObject | Should -Be 'web'
    }

    It 'delays a call' {
        Use-Fault @{ Operation = 'Start'; DelaySec = 1 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = New-HcsContainer web -Start
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 0.9
    }

    It 'tells the end of a call never, so that the time of the command runs out' {
        Use-Fault @{ Operation = 'Start'; LostNotification = $true }
        $null = New-HcsContainer web
        { Start-HcsContainer web -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsOperationTimeout*'
    }

    It 'takes the service away: waits fail, and what is asked for afterwards works' {
        Use-Fault @{ Operation = 'Pause'; ServiceDisconnect = $true }
        $web = New-HcsContainer web -Start
        $job = Wait-HcsContainer $web -AsJob
        { Suspend-HcsContainer $web -ErrorAction Stop } | Should -Throw -ErrorId 'HcsServiceDisconnect*'
        ($job | Wait-Job -Timeout 30).State | Should -Be 'Failed'
        Remove-Job $job
        (Get-HcsContainer web).State | Should -Be 'Running'
    }

    It 'is shown by Get-HcsHost, and ends with an empty plan' {
        Use-Fault @{ Operation = 'Create'; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        (Get-HcsHost).FaultPlan.Operation | Should -Be 'Create'
        Use-Fault @()
        (Get-HcsHost).FaultPlan | Should -BeNullOrEmpty
        (New-HcsContainer web).State | Should -Be 'Created'
    }

    It 'is refused where <What>, and no host is made' -ForEach @(
        @{ What = 'the operation does not exist'; Plan = @{ Operation = 'Explode'; HResult = 1 }; Named = 'Explode' }
        @{ What = 'the code is unknown'; Plan = @{ Operation = 'Start'; HResult = 'HCS_E_NONE' }; Named = 'HCS_E_NONE' }
        @{ What = 'the member does not exist'; Plan = @{ Operation = 'Start'; Delay = 1 }; Named = 'Delay' }
    ) {
        { Use-Fault $Plan } | Should -Throw "*$Named*"
        (Get-HcsHost -All).Name | Should -Not -Contain 'faults'
    }
}
