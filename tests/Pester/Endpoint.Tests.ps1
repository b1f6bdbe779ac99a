# Endpoints: Get-, New-, Set-, Remove-, Connect- and Disconnect-HcsEndpoint.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'An endpoint' -ForEach ($isolations | Where-Object Isolation -EQ 'Oci') {
    BeforeAll {
        Connect-HcsHost @Connection -Name endpoints
        $nftLack = if (-not $Lack -and -not (Test-Path '/usr/sbin/nft')) { 'Needs the package nftables' }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        if ($nftLack) { Set-ItResult -Skipped -Because $nftLack }
        if (-not $Lack -and -not $nftLack) {
            $null = New-HcsNetwork nat
        }
    }

    AfterEach {
        if (-not $Lack -and -not $nftLack) {
            Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
            Get-HcsNetwork | Remove-HcsNetwork -Force -Confirm:$false
        }
    }

    AfterAll {
        Disconnect-HcsHost endpoints -Confirm:$false
    }

    It 'is made on the network named nat when none is named' {
        $null = New-HcsNetwork other
        (New-HcsEndpoint web).Network | Should -Be 'nat'
        (Get-HcsNetwork other | New-HcsEndpoint db).Network | Should -Be 'other'
    }

    It 'is found by its name, network, address and port' {
        $web = New-HcsEndpoint web -PortMapping 80
        $null = New-HcsEndpoint db
        (Get-HcsEndpoint w*).Id | Should -Be $web.Id
        (Get-HcsEndpoint -Network nat).Name | Sort-Object | Should -Be 'db', 'web'
        (Get-HcsEndpoint -IPAddress $web.IPAddress[0]).Name | Should -Be 'web'
        (Get-HcsEndpoint -ExternalPort $web.PortMapping[0].HostPort).Name | Should -Be 'web'
    }

    It 'maps a port once, and the error names the endpoint that has it' {
        $port = (New-HcsEndpoint web -PortMapping 80).PortMapping[0].HostPort
        { New-HcsEndpoint db -PortMapping "${port}:80" -ErrorAction Stop } | Should -Throw "*'web'*" -ErrorId 'HcsPortAlreadyMapped*'
        (Get-HcsEndpoint).Name | Should -Be 'web'
    }

    It 'gets and loses ports later' {
        $null = New-HcsEndpoint web
        $set = Set-HcsEndpoint web -PortMapping 80 -PassThru
        $set.PortMapping | Should -HaveCount 1
        (Set-HcsEndpoint web -PortMapping "$($set.PortMapping[0])" -Remove -PassThru).PortMapping | Should -BeNullOrEmpty
    }

    It 'is connected to a container and disconnected from it' {
        $null = New-HcsContainer web -Network nat -Start
        $second = New-HcsEndpoint second
        Connect-HcsEndpoint $second web
        (Get-HcsEndpoint -Container web).Name | Sort-Object | Should -Be 'second', 'web'
        { Remove-HcsEndpoint second -ErrorAction Stop } | Should -Throw -ErrorId 'HcsEndpointInUse*'
        Disconnect-HcsEndpoint second
        Remove-HcsEndpoint second
        (Get-HcsEndpoint).Name | Should -Be 'web'
    }

    It 'stays as it is with -WhatIf' {
        New-HcsEndpoint web -WhatIf
        Get-HcsEndpoint | Should -BeNullOrEmpty
        $null = New-HcsEndpoint web
        Set-HcsEndpoint web -PortMapping 80 -WhatIf
        Remove-HcsEndpoint web -WhatIf
        (Get-HcsEndpoint web).PortMapping | Should -BeNullOrEmpty
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'an address outside the network'; Id = 'HcsInvalidConfiguration'; Action = { New-HcsEndpoint -IPAddress 192.0.2.1 } }
        @{ What = 'a network that is not there'; Id = 'HcsNetworkNotFound'; Action = { New-HcsEndpoint -Network nowhere } }
        @{ What = 'a name that no endpoint has'; Id = 'HcsEndpointNotFound'; Action = { Remove-HcsEndpoint nowhere } }
        @{ What = 'a container that is not there'; Id = 'HcsSystemNotFound'; Action = { $null = New-HcsEndpoint web; Connect-HcsEndpoint web nowhere } }
    ) {
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }
}
