# Virtual disks of containers: Get-HcsMappedVirtualDisk, and Set-HcsContainer, which adds and removes them.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A mapped virtual disk under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        Connect-HcsHost @Connection -Name disks

        # Creates an image; with isolation Oci, which really mounts it, the image has a file system.
        function Initialize-Image([string] $Path) {
            [IO.File]::WriteAllBytes($Path, [byte[]]::new(4MB))
            if ($Isolation -eq 'Oci') {
                $null = & mkfs.ext4 -q -F $Path
                $LASTEXITCODE | Should -Be 0
            }
        }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        if ($Isolation -eq 'Oci' -and -not (Get-Command mkfs.ext4 -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'Needs isolation Oci: mkfs.ext4'
        }

        $image = Join-Path $TestDrive 'data.vhdx'
        Initialize-Image $image
        $disk = @{ HostPath = $image; ContainerPath = '/data' }
        $web = New-HcsContainer web -Start
    }

    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    AfterAll {
        Disconnect-HcsHost disks -Confirm:$false
    }

    It 'is nothing for a container without disks' {
        Get-HcsMappedVirtualDisk $web -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'comes to a running container, is listed, and goes' {
        Set-HcsContainer $web -ResourceType MappedVirtualDisk -RequestType Add -Settings $disk -WarningAction Ignore
        $listed = Get-HcsMappedVirtualDisk $web
        $listed.ContainerId | Should -Be 'web'
        $listed.HostPath | Should -Be $image
        $listed.ContainerPath | Should -Be '/data'
        $listed.ReadOnly | Should -BeFalse
        Set-HcsContainer $web -ResourceType MappedVirtualDisk -RequestType Remove -Settings $disk -WarningAction Ignore
        Get-HcsMappedVirtualDisk $web | Should -BeNullOrEmpty
    }

    It 'is there from the start where the configuration has it' {
        $db = New-HcsContainer db -MappedVirtualDisk ($disk + @{ ReadOnly = $true }) -Start -WarningAction Ignore
        (Get-HcsMappedVirtualDisk $db).ReadOnly | Should -BeTrue
    }

    It 'is listed for each container of the pipeline' {
        $null = New-HcsContainer db -MappedVirtualDisk $disk -Start -WarningAction Ignore
        (Get-HcsContainer -State Running | Get-HcsMappedVirtualDisk).ContainerId | Should -Be 'db'
    }

    It 'is not added with -WhatIf' {
        Set-HcsContainer $web -ResourceType MappedVirtualDisk -RequestType Add -Settings $disk -WhatIf
        Get-HcsMappedVirtualDisk $web | Should -BeNullOrEmpty
    }

    It 'is the error HcsSystemNotFound for an id that is unknown' {
        { Get-HcsMappedVirtualDisk mail -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
    }
}
