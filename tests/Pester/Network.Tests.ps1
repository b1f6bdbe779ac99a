# Networks: Get-, New- and Remove-HcsNetwork, and New-HcsContainer and Watch-HcsEvent with -Network.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A network' -ForEach ($isolations | Where-Object Isolation -EQ 'Oci') {
    BeforeAll {
        Connect-HcsHost @Connection -Name networks
        $nftLack = if (-not $Lack -and -not (Test-Path '/usr/sbin/nft')) { 'Needs the package nftables' }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        if ($nftLack) { Set-ItResult -Skipped -Because $nftLack }
    }

    AfterEach {
        if (-not $Lack -and -not $nftLack) {
            Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
            Get-HcsNetwork | Remove-HcsNetwork -Force -Confirm:$false
        }
    }

    AfterAll {
        Disconnect-HcsHost networks -Confirm:$false
    }

    It 'has a prefix of its own and a gateway in it, also when none is named' {
        $front = New-HcsNetwork front
        $back = New-HcsNetwork back
        $front.Type | Should -Be 'NAT'
        $front.Gateway | Should -HaveCount 1
        $back.AddressPrefix | Should -Not -Be $front.AddressPrefix
    }

    It 'is found by its name, a pattern, its id and its type' {
        $front = New-HcsNetwork front
        (Get-HcsNetwork FRONT).Id | Should -Be $front.Id
        (Get-HcsNetwork fr*).Id | Should -Be $front.Id
        (Get-HcsNetwork -Id $front.Id).Name | Should -Be 'front'
        (Get-HcsNetwork -Type NAT).Name | Should -Be 'front'
    }

    It 'is made from a hashtable too' {
        $document = @{ Name = 'given'; Ipams = @(@{ Subnets = @(@{
            IpAddressPrefix = '172.29.77.0/24'; Routes = @(@{ NextHop = '172.29.77.1'; DestinationPrefix = '0.0.0.0/0' }) }) }) }
        Test-HcsConfiguration $document -OnHost | Should -BeTrue
        (New-HcsNetwork $document).AddressPrefix | Should -Be '172.29.77.0/24'
        $document.Name = 'other'
        (Test-HcsConfiguration $document -OnHost -Detailed).Message | Should -Match "of network 'given'"
    }

    It 'stays as it is with -WhatIf' {
        New-HcsNetwork front -WhatIf
        Get-HcsNetwork | Should -BeNullOrEmpty
        $null = New-HcsNetwork front
        Remove-HcsNetwork front -WhatIf
        (Get-HcsNetwork front).Name | Should -Be 'front'
    }

    It 'is not removed while endpoints are on it, unless -Force removes them too' {
        $null = New-HcsNetwork front
        $null = New-HcsEndpoint web -Network front
        { Remove-HcsNetwork front -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNetworkInUse*'
        Remove-HcsNetwork front -Force
        Get-HcsEndpoint | Should -BeNullOrEmpty
        Get-HcsNetwork | Should -BeNullOrEmpty
    }

    It 'gives a container an address and a port, and takes both back with it' {
        $null = New-HcsNetwork front
        $null = New-HcsContainer web -Network front -PortMapping 80 -Start
        $endpoint = Get-HcsEndpoint -Container web
        $endpoint.Network | Should -Be 'front'
        $endpoint.IPAddress | Should -HaveCount 1
        $endpoint.PortMapping[0].HostPort | Should -BeGreaterThan 0
        (Get-HcsStatistics web).Network.EndpointId | Should -Be "$($endpoint.Id)"
        Stop-HcsContainer web -Force
        Get-HcsEndpoint | Should -BeNullOrEmpty
    }

    It 'tells what happens to it while it is watched' {
        $job = Watch-HcsEvent -Network -AsJob
        $limit = [DateTime]::Now.AddSeconds(30)
        $front = New-HcsNetwork front
        while ($job.ChildJobs[0].Output.Count -lt 1 -and [DateTime]::Now -lt $limit) { Start-Sleep -Milliseconds 20 }
        Remove-HcsNetwork $front
        while ($job.ChildJobs[0].Output.Count -lt 2 -and [DateTime]::Now -lt $limit) { Start-Sleep -Milliseconds 20 }
        Stop-Job $job
        $events = Receive-Job $job
        $events.Type | Should -Be 'NetworkCreated', 'NetworkDeleted'
        $events.Name | Should -Be 'front', 'front'
        Remove-Job $job
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'a reserved name'; Id = 'HcsInvalidConfiguration'; Action = { New-HcsNetwork none } }
        @{ What = 'a name that is taken'; Id = 'HcsNetworkAlreadyExists'; Action = { $null = New-HcsNetwork nat; New-HcsNetwork nat } }
        @{ What = 'a name that no network has'; Id = 'HcsNetworkNotFound'; Action = { Remove-HcsNetwork nowhere } }
        @{ What = 'a port without a network'; Id = 'HcsInvalidConfiguration'; Action = { New-HcsContainer web -PortMapping 80 } }
    ) {
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }
}

Describe 'A network under isolation Process' {
    It 'is refused by name' {
        Connect-HcsHost -Embedded -Isolation Process -Name no-networks
        { New-HcsNetwork nat -HcsHost no-networks -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNotSupported*'
        { New-HcsContainer web -Network nat -HcsHost no-networks -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNotSupported*'
        Disconnect-HcsHost no-networks -Confirm:$false
    }
}
