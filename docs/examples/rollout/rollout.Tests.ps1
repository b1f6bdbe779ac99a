# Tests of rollout.ps1 on an embedded host that is told to fail. Nothing here needs a Host Compute Service.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    $script:WarningPreference = 'SilentlyContinue'   # This host does not enforce every member, and says so.
    $script:csv = [IO.Path]::Combine($TestDrive, 'containers.csv')

    function Write-Row([string[]] $Row) {
        @('Id,HostName,MemoryMB,Command,Probe') + $Row | Set-Content -LiteralPath $script:csv
    }

    function Invoke-Rollout([hashtable] $More = @{}) {
        & ([IO.Path]::Combine($PSScriptRoot, 'rollout.ps1')) -Path $script:csv -IntervalSec 0 @More
    }

    function Use-Fault([object[]] $Plan) {
        Connect-HcsHost -Embedded -Isolation Process -Name rollout -FaultPlan $Plan
    }
}

Describe 'Rolling out containers' {
    BeforeEach {
        Connect-HcsHost -Embedded -Isolation Process -Name rollout
        Write-Row 'web,web.local,256,sleep 1000,true', 'cache,cache.local,128,sleep 1000,true'
    }

    AfterEach {
        Disconnect-HcsHost rollout -Confirm:$false
    }

    It 'runs every container of the file with its command' {
        $report = Invoke-Rollout
        $report.Id | Should -Be 'web', 'cache'
        $report.Health | Should -Be 'Healthy', 'Healthy'
        $report.Restarts | Should -Be 0, 0
        (Get-HcsContainer -Owner rollout -State Running).Id | Should -Be 'web', 'cache'
        (Get-HcsProcess -Id web).ImageName | Should -Contain 'sleep'
    }

    It 'does the sample file of the example' {
        $sample = [IO.Path]::Combine($PSScriptRoot, 'containers.csv')
        $report = & ([IO.Path]::Combine($PSScriptRoot, 'rollout.ps1')) -Path $sample -Rounds 1
        $report.Health | Should -Be 'Healthy', 'Healthy', 'Healthy'
    }

    It 'leaves alone what runs already' {
        $null = Invoke-Rollout
        $before = (Get-HcsProcess -Id web).ProcessId
        (Invoke-Rollout).Restarts | Should -Be 0, 0
        (Get-HcsProcess -Id web).ProcessId | Should -Be $before
    }

    It 'creates nothing with -WhatIf' {
        Invoke-Rollout @{ WhatIf = $true } | Should -BeNullOrEmpty
        Get-HcsContainer | Should -BeNullOrEmpty
    }

    It 'restarts a container whose start was refused' {
        Use-Fault @{ Operation = 'Start'; Nth = 1; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        $report = Invoke-Rollout
        $report.Health | Should -Be 'Healthy', 'Healthy'
        $report.Restarts | Should -Be 1, 0
    }

    It 'goes on with the others when one cannot be created' {
        Use-Fault @{ Operation = 'Create'; Nth = 1; HResult = '0x80070005' }
        $report = Invoke-Rollout @{ MaxRestart = 0 }
        $report[0].Health | Should -Be 'Failed'
        $report[0].Reason | Should -Be 'HcsAccessDenied'
        $report[1].Health | Should -Be 'Healthy'
    }

    It 'gives up after the restarts it is allowed' {
        Write-Row 'sick,sick.local,64,sleep 1000,false', 'web,web.local,256,sleep 1000,true'
        $report = Invoke-Rollout @{ MaxRestart = 2; Rounds = 4 }
        $report[0].Health | Should -Be 'Unhealthy'
        $report[0].Restarts | Should -Be 2
        $report[0].Reason | Should -Be 'probe exited with 1'
        $report[1].Restarts | Should -Be 0
    }

    It 'brings back a container that ended between two runs' {
        $null = Invoke-Rollout
        Stop-HcsContainer -Id cache -Force -Confirm:$false
        $report = Invoke-Rollout
        $report.Health | Should -Be 'Healthy', 'Healthy'
        (Get-HcsContainer -Owner rollout -State Running).Id | Should -Be 'web', 'cache'
    }

    It 'restarts a container that was paused' {
        $null = Invoke-Rollout
        Suspend-HcsContainer -Id web
        Write-Row 'web,web.local,256,sleep 1000,true'
        $report = Invoke-Rollout
        $report.Health | Should -Be 'Healthy'
        $report.Restarts | Should -Be 1
    }

    It 'survives a service that goes away in the middle' {
        Use-Fault @{ Operation = 'CreateProcess'; Nth = 3; ServiceDisconnect = $true }
        $report = Invoke-Rollout
        $report.Health | Should -Be 'Healthy', 'Healthy'
        ($report.Restarts | Measure-Object -Sum).Sum | Should -BeGreaterOrEqual 1
    }

    It 'reports without numbers where the service has none' {
        Use-Fault @{ Operation = 'Statistics'; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        $report = Invoke-Rollout
        $report.Health | Should -Be 'Healthy', 'Healthy'
        $report[0].Uptime | Should -BeNullOrEmpty
    }

    It 'writes the report to a file' {
        $file = [IO.Path]::Combine($TestDrive, 'report.csv')
        $null = Invoke-Rollout @{ ReportPath = $file }
        (Import-Csv -LiteralPath $file).Id | Should -Be 'web', 'cache'
    }

    It 'refuses a file that names an id twice, before anything is created' {
        Write-Row 'web,a,64,sleep 1000,true', 'web,b,64,sleep 1000,true'
        { Invoke-Rollout } | Should -Throw '*not unique: web*'
        Get-HcsContainer | Should -BeNullOrEmpty
    }
}
