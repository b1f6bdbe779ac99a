# Where containers live: Get-, Connect- and Disconnect-HcsHost.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
}

Describe 'A host' {
    BeforeAll {
        $environment = $env:HCS_HOST
    }

    AfterEach {
        $env:HCS_HOST = $environment
        Get-HcsHost -All | Where-Object Name -Like 'hosts-*' | ForEach-Object { Disconnect-HcsHost $_ -Confirm:$false }
    }

    It 'is chosen by Connect-HcsHost, and shown by Get-HcsHost' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-one
        $shown = Get-HcsHost
        $shown.Name | Should -Be 'hosts-one'
        $shown.Kind | Should -Be 'Embedded'
        $shown.Isolation | Should -Be 'Process'
    }

    It 'tells the members that it does not enforce, and using one is a warning' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-one
        (Get-HcsHost).UnenforcedContainerMembers | Should -Contain 'HostName'
        $null = New-HcsContainer web -HostName www -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike '*HostName*'
    }

    It 'is one of several, each with containers of its own' {
        $one = Connect-HcsHost -Embedded -Isolation Process -Name hosts-one -PassThru
        $two = Connect-HcsHost -Embedded -Isolation Process -Name hosts-two -PassThru
        $null = New-HcsContainer web -HcsHost $one
        Get-HcsContainer -HcsHost $two | Should -BeNullOrEmpty
        (Get-HcsContainer -HcsHost $one).HcsHost | Should -Be $one
        (Get-HcsHost -All).Name | Should -Contain 'hosts-one'
    }

    It 'is kept by its name: connecting again finds the containers' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-one
        $null = New-HcsContainer web
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-two
        Connect-HcsHost -Embedded -Name hosts-one
        (Get-HcsContainer).Id | Should -Be 'web'
    }

    It 'is shared by the runspaces of a process' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-shared
        $manifest = (Get-Module HcsPowerShell).Path
        $pool = [runspacefactory]::CreateRunspacePool(1, 4)
        $pool.Open()
        $running = 1..4 | ForEach-Object {
            $shell = [powershell]::Create()
            $shell.RunspacePool = $pool
            $null = $shell.AddScript('Import-Module $args[0]; New-HcsContainer $args[1] -HcsHost hosts-shared -Start').
                AddArgument($manifest).AddArgument("web$_")
            @{ Shell = $shell; Result = $shell.BeginInvoke() }
        }
        $made = $running | ForEach-Object { $_.Shell.EndInvoke($_.Result) }
        $pool.Dispose()
        $made.State | Should -Be 'Running', 'Running', 'Running', 'Running'
        (Get-HcsContainer -State Running).Id | Sort-Object | Should -Be 'web1', 'web2', 'web3', 'web4'
    }

    It 'is chosen for new runspaces too' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-shared
        $shell = [powershell]::Create()
        $null = $shell.AddScript('Import-Module $args[0]; (Get-HcsHost).Name').
            AddArgument((Get-Module HcsPowerShell).Path)
        $shell.Invoke() | Should -Be 'hosts-shared'
        $shell.Dispose()
    }

    It 'ends with its containers and processes' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-ending
        $web = New-HcsContainer web -Start
        $sleeper = Start-HcsProcess $web $program.Sleep
        Disconnect-HcsHost hosts-ending -Confirm:$false
        $sleeper.HasExited | Should -BeTrue
        { Get-HcsProcess $web -ErrorAction Stop } | Should -Throw
        (Get-HcsHost -All).Name | Should -Not -Contain 'hosts-ending'
    }

    It 'is not left with -WhatIf' {
        Connect-HcsHost -Embedded -Isolation Process -Name hosts-staying
        Disconnect-HcsHost hosts-staying -WhatIf
        (Get-HcsHost -All).Name | Should -Contain 'hosts-staying'
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'a name that is unknown'; Action = { Get-HcsContainer -HcsHost hosts-no } }
        @{ What = 'a name that is unknown at Disconnect-HcsHost'; Action = { Disconnect-HcsHost hosts-no } }
    ) {
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw '*hosts-no*'
    }

    It 'is chosen for a whole environment by $env:HCS_HOST, without a warning' {
        $env:HCS_HOST = 'embedded'
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $null = $shell.AddScript('Import-Module $args[0]; Get-HcsHost').AddArgument((Get-Module HcsPowerShell).Path)
        $shell.Invoke().Kind | Should -Be 'Embedded'
        $shell.Streams.Warning | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}
