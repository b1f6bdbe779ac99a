# Layers: Get-, New-, Mount-, Dismount-, Remove- and Initialize-HcsLayer, and New-HcsContainer on a mounted scratch.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A layer' -ForEach ($isolations | Where-Object Isolation -EQ 'Oci') {
    BeforeAll {
        Connect-HcsHost @Connection -Name layers
        $busybox = '/bin/busybox'
        $programLack = if (-not (Test-Path $busybox)) { 'Needs isolation Oci: the package busybox-static' }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item (Join-Path $folder 'base') -ItemType Directory
        Set-Content (Join-Path (Join-Path $folder 'base') 'hello.txt') 'hello'
        Push-Location $folder
    }

    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
        Get-ChildItem -Directory | Get-HcsLayer -ErrorAction Ignore | Where-Object VolumePath | Dismount-HcsLayer
        Pop-Location
    }

    AfterAll {
        Disconnect-HcsHost layers -Confirm:$false
    }

    It 'is any folder with files in it' {
        $base = Get-HcsLayer base
        $base.Kind | Should -Be 'Base'
        $base.IsInitialized | Should -BeTrue
        $base.Size | Should -BeGreaterThan 0
        $base.UsedBy | Should -BeNullOrEmpty
    }

    It 'has scratches above it, each of which it names as a user' {
        $made = New-HcsLayer app -ParentLayer base
        $made.Kind | Should -Be 'Scratch'
        $made.Parents | Should -Be (Join-Path $folder 'base')
        (Get-HcsLayer base).UsedBy | Should -Be (Join-Path $folder 'app')
    }

    It 'is found by a pattern, by its exact path and as a folder of the pipeline' {
        $null = New-HcsLayer 'web[1]' -ParentLayer base
        (Get-HcsLayer b*).Kind | Should -Be 'Base'
        (Get-HcsLayer -LiteralPath 'web[1]').Kind | Should -Be 'Scratch'
        @(Get-ChildItem -Directory | Get-HcsLayer).Count | Should -Be 2
    }

    It 'is seen through a mounted scratch, which keeps what is written' {
        $mounted = New-HcsLayer app -ParentLayer base | Mount-HcsLayer
        Get-Content (Join-Path $mounted.VolumePath 'hello.txt') | Should -Be 'hello'
        Set-Content (Join-Path $mounted.VolumePath 'note.txt') 'note'
        Dismount-HcsLayer app
        $again = Mount-HcsLayer app
        Get-Content (Join-Path $again.VolumePath 'note.txt') | Should -Be 'note'
        Test-Path (Join-Path 'base' 'note.txt') | Should -BeFalse
    }

    It 'is listed without a path while it is mounted' {
        $null = New-HcsLayer app -ParentLayer base | Mount-HcsLayer
        (Get-HcsLayer).Path | Should -Contain (Join-Path $folder 'app')
        Dismount-HcsLayer app
        @(Get-HcsLayer).Path | Should -Not -Contain (Join-Path $folder 'app')
    }

    It 'gives a container its files, and takes what the container writes' {
        if ($programLack) { Set-ItResult -Skipped -Because $programLack }
        $null = New-Item (Join-Path 'base' 'bin') -ItemType Directory
        Copy-Item $busybox (Join-Path (Join-Path 'base' 'bin') 'sh')
        $mounted = New-HcsLayer app -ParentLayer base | Mount-HcsLayer
        $web = $mounted | New-HcsContainer -Id web -HostName www -Start
        $program = '/bin/sh -c "read line < /hello.txt; echo $line; echo made > /made.txt"'
        Invoke-HcsProcess $web $program | Should -Be 'hello'
        Get-Content (Join-Path $mounted.VolumePath 'made.txt') | Should -Be 'made'
    }

    It 'is mounted by a job too, and what the job gives is as good' {
        $null = New-HcsLayer app -ParentLayer base
        $mounted = Mount-HcsLayer app -AsJob | Receive-Job -Wait -AutoRemoveJob
        ($mounted | New-HcsContainer -Id web).State | Should -Be 'Created'
    }

    It 'names the container that uses it, and is neither dismounted nor removed' {
        $null = New-HcsLayer app -ParentLayer base | Mount-HcsLayer | New-HcsContainer -Id web
        (Get-HcsLayer app).UsedBy | Should -Be 'web'
        $ErrorActionPreference = 'Stop'
        foreach ($action in { Dismount-HcsLayer app }, { Remove-HcsLayer app }, { Remove-HcsLayer base -Force }) {
            $action | Should -Throw "*container 'web'*" -ErrorId 'HcsLayerInUse*'
        }

        (Get-HcsLayer app).VolumePath | Should -Not -BeNullOrEmpty
    }

    It 'is dismounted twice without an error' {
        $null = New-HcsLayer app -ParentLayer base | Mount-HcsLayer
        Dismount-HcsLayer app -ErrorAction Stop
        Dismount-HcsLayer app -ErrorAction Stop
        (Get-HcsLayer app).VolumePath | Should -BeNullOrEmpty
    }

    It 'is removed: a scratch at once, a read-only layer with -Force or -Confirm:$false' {
        New-HcsLayer app -ParentLayer base | Remove-HcsLayer -ErrorAction Stop
        Test-Path app | Should -BeFalse
        Remove-HcsLayer base -Force -ErrorAction Stop
        Test-Path base | Should -BeFalse
    }

    It 'stays as it is with -WhatIf' {
        New-HcsLayer app -ParentLayer base -WhatIf
        Test-Path app | Should -BeFalse
        $null = New-HcsLayer app -ParentLayer base
        Mount-HcsLayer app -WhatIf
        (Get-HcsLayer app).VolumePath | Should -BeNullOrEmpty
        Remove-HcsLayer app, base -WhatIf
        Test-Path app, base | Should -Be $true, $true
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'a folder that is not there'; Id = 'HcsLayerNotFound'; Action = { Get-HcsLayer no } }
        @{ What = 'a read-only layer to mount'; Id = 'HcsNotALayer'; Action = { Mount-HcsLayer base } }
        @{ What = 'a scratch where something is'; Id = 'HcsLayerAlreadyExists'; Action = { New-HcsLayer base base } }
        @{ What = 'a parent that is not there'; Id = 'HcsLayerParentMissing'; Action = { New-HcsLayer app no } }
        @{ What = 'a parent that is named twice'; Id = 'HcsLayerChainLoop'; Action = { New-HcsLayer app base, base } }
        @{ What = 'a layer below another'; Id = 'HcsLayerInUse'; Action = {
                $null = New-HcsLayer app base
                Remove-HcsLayer base -Force } }
        @{ What = 'a layer that is complete'; Id = 'HcsLayerAlreadyInitialized'; Action = { Initialize-HcsLayer base } }
    ) {
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }
}

Describe 'A host without layers' {
    BeforeAll {
        Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
        Connect-HcsHost -Embedded -Isolation Process -Name no-layers
    }

    AfterAll {
        Disconnect-HcsHost no-layers -Confirm:$false
    }

    It 'says so' {
        { New-HcsLayer (Join-Path $TestDrive 'app') $TestDrive -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsNotSupported*'
    }

    It 'lists none' {
        Get-HcsLayer -ErrorAction Stop | Should -BeNullOrEmpty
    }
}
