# Get-, Connect- and Disconnect-HcsHost in PowerShell itself.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
}

Describe 'Hosts' {
    AfterEach {
        Get-HcsHost -All | Where-Object Name -Like 'hosts-*' | ForEach-Object { Disconnect-HcsHost $_ -Confirm:$false }
    }

    It 'are several, each with containers of its own' {
        $one = Connect-HcsHost -Embedded -Isolation Process -Name hosts-one -PassThru
        $two = Connect-HcsHost -Embedded -Isolation Process -Name hosts-two -PassThru
        $null = New-HcsContainer web -HcsHost $one
        Get-HcsContainer -HcsHost $two | Should -BeNullOrEmpty
        (Get-HcsContainer -HcsHost $one).HcsHost | Should -Be $one
    }

    It 'are shared by parallel runspaces' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-shared
        $manifest = (Get-Module HcsPowerShell).Path
        $ids = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (New-HcsContainer "web$_" -HcsHost hosts-shared -Start).Id
        }
        (Get-HcsContainer -State Running).Id | Sort-Object | Should -Be ($ids | Sort-Object)
    }

    It 'end with their containers' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-ending
        $web = New-HcsContainer web -Start
        Disconnect-HcsHost hosts-ending -Confirm:$false
        { Get-HcsProcess $web -ErrorAction Stop } | Should -Throw
    }

    It 'fail as they are told' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-failing -FaultPlan @{ Operation = 'Create'; Nth = 1; HResult = 'HCS_E_CONNECTION_TIMEOUT' }
        { New-HcsContainer web -ErrorAction Stop } | Should -Throw
        (New-HcsContainer web).State | Should -Be 'Created'
    }
}
