# Images: Import-, Get- and Remove-HcsImage, and New-HcsContainer on an image.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'An image' -ForEach ($isolations | Where-Object Isolation -EQ 'Oci') {
    BeforeAll {
        Connect-HcsHost @Connection -Name images
        $name = 'pester-' + [guid]::NewGuid().ToString('N')
        $packages = @{ '/bin/busybox' = 'busybox-static'; '/usr/bin/skopeo' = 'skopeo'; '/usr/bin/umoci' = 'umoci' }
        $missing = $packages.Keys | Where-Object { -not (Test-Path $_) } | ForEach-Object { $packages[$_] }
        $packageLack = if ($missing) { "Needs the packages $missing" }
        if (-not $Lack -and -not $packageLack) {
            # A layer with a shell and a file that no other image has, in an OCI layout.
            $layout = Join-Path $TestDrive 'layout'
            $files = Join-Path $TestDrive 'files'
            $null = New-Item (Join-Path $files 'bin') -ItemType Directory
            Copy-Item '/bin/busybox' (Join-Path (Join-Path $files 'bin') 'sh')
            Set-Content (Join-Path $files 'id.txt') $name
            tar -cf (Join-Path $TestDrive 'layer.tar') -C $files .
            umoci init --layout $layout
            umoci new --image "${layout}:one"
            umoci raw add-layer --image "${layout}:one" (Join-Path $TestDrive 'layer.tar')
            umoci config --image "${layout}:one" --config.entrypoint /bin/sh --config.entrypoint -c `
                --config.cmd 'echo $GREETING from $PWD' --config.env GREETING=hello --config.workingdir /bin
        }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        if ($packageLack) { Set-ItResult -Skipped -Because $packageLack }
    }

    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
        if (-not $Lack) { Get-HcsImage | Where-Object Name -Like "$name*" | Remove-HcsImage }
    }

    AfterAll {
        Disconnect-HcsHost images -Confirm:$false
    }

    It 'is read where it lies, and nothing is unpacked' {
        $image = Get-HcsImage -Path $layout
        $image.Entrypoint | Should -Be '/bin/sh', '-c'
        $image.Layers | Should -BeNullOrEmpty
    }

    It 'is imported under a name, and listed with its layers' {
        $image = Import-HcsImage $layout -Name $name
        $image.Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        (Get-HcsImage $name).Digest | Should -Be $image.Digest
        Get-Content (Join-Path (Get-HcsImage $name).Layers[0] 'id.txt') | Should -Be $name
    }

    It 'is imported by a job too' {
        $image = Import-HcsImage $layout -Name $name -AsJob | Receive-Job -Wait -AutoRemoveJob
        $image.Name | Should -Be $name
    }

    It 'gives a container its files, its program and the defaults of its processes' {
        $null = Import-HcsImage $layout -Name $name
        $web = New-HcsContainer web -Image $name -Start
        Invoke-HcsProcess $web | Should -Be 'hello from /bin'
        Invoke-HcsProcess $web -Environment @{ GREETING = 'bye' } -WorkingDirectory / | Should -Be 'bye from /'
        Invoke-HcsProcess $web -- sh -c 'read line < /id.txt; echo $line' | Should -Be $name
    }

    It 'is remembered by a container that is started later' {
        $null = Import-HcsImage $layout -Name $name
        $null = New-HcsContainer web -Image $name
        Start-HcsContainer web
        Invoke-HcsProcess web | Should -Be 'hello from /bin'
    }

    It 'is not changed by a container, and each one writes to a scratch of its own' {
        $null = Import-HcsImage $layout -Name $name
        $one, $two = 'one', 'two' | ForEach-Object { New-HcsContainer $_ -Image $name -Start }
        Invoke-HcsProcess $one -- sh -c 'echo written > /note.txt'
        Invoke-HcsProcess $two -- sh -c '[ -e /note.txt ] && echo there || echo away' | Should -Be 'away'
        Test-Path (Join-Path (Get-HcsImage $name).Layers[0] 'note.txt') | Should -BeFalse
    }

    It 'is not removed while a container uses it, and afterwards it is' {
        $image = Import-HcsImage $layout -Name $name
        $null = New-HcsContainer web -Image $name -Start
        { Remove-HcsImage $name -ErrorAction Stop } | Should -Throw -ErrorId 'HcsImageInUse*'
        Invoke-HcsProcess web | Should -Be 'hello from /bin'
        Stop-HcsContainer web -Force -Confirm:$false
        $image | Remove-HcsImage -ErrorAction Stop
        { Get-HcsImage $name -ErrorAction Stop } | Should -Throw -ErrorId 'HcsImageNotFound*'
        Test-Path $image.Layers[0] | Should -BeFalse
    }

    It 'stays as it is with -WhatIf' {
        Import-HcsImage $layout -Name $name -WhatIf
        Get-HcsImage | Where-Object Name -EQ $name | Should -BeNullOrEmpty
        $null = Import-HcsImage $layout -Name $name
        Remove-HcsImage $name -WhatIf
        (Get-HcsImage $name).Name | Should -Be $name
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'a path that is not there'; Id = 'HcsImageNotFound'; Action = { Import-HcsImage (Join-Path $TestDrive 'no') } }
        @{ What = 'a folder that is no archive'; Id = 'HcsImageUnreadable'; Action = { Import-HcsImage $files } }
        @{ What = 'a name that no image has'; Id = 'HcsImageNotFound'; Action = { New-HcsContainer -Image nowhere } }
    ) {
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }
}
