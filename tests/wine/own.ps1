# A scratch that New-HcsContainer makes, mounts and removes with its container, served by the mock of vmcompute.dll.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())
$base, $other, $app = 'base', 'other', 'app' | ForEach-Object { [IO.Path]::Combine($folder, $_) }
$volume = '^\\\\\?\\Volume\{[-0-9a-f]+\}$'
foreach ($layer in $base, $other) {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($layer, 'Files'))
    Initialize-HcsLayer $layer
}

try {
    Assert-That 'Nothing is made under -WhatIf' { New-HcsContainer web -Layer $base -WhatIf; Get-HcsLayer } ''
    $container = New-HcsContainer web -Layer $base -StorageSandboxSize 40GB -Start
    $scratch = $container.LayerFolderPath
    Assert-That 'A container gets a scratch of its own' {
        $container.State
        [IO.Directory]::Exists($scratch)
        $container.KeepsScratch
    } 'Running|True|False'
    Assert-That 'It is listed, mounted and in use' {
        $layer = Get-HcsLayer | Where-Object Path -eq $scratch
        $layer.Kind
        $layer.VolumePath -match $volume
        $layer.UsedBy
        $layer.Parents -eq $base
        $layer.IsOrphaned
    } "Scratch|True|web|$base|False"
    Assert-That 'The document names it' {
        $document = ConvertTo-HcsJson $container | ConvertFrom-HcsJson
        $document.LayerFolderPath -eq $scratch
        $document.VolumePath -match $volume
        $document.Layers[0].ID -eq (Get-HcsLayer $base).LayerId
    } 'True|True|True'
    foreach ($layer in $scratch, $base) {
        Assert-That "$([IO.Path]::GetFileName($layer).Length): a layer in use is not removed, even by force" {
            $failure = Get-Failure { Remove-HcsLayer $layer -Force }
            $failure.Id
            $failure.Message -match "container 'web'"
            [IO.Directory]::Exists($layer)
        } 'HcsLayerInUse|True|True'
    }

    Assert-That 'The id is taken, and nothing more is made' {
        (Get-Failure { New-HcsContainer WEB -Layer $base }).Id
        @(Get-HcsLayer).Count
    } 'HcsSystemAlreadyExists|1'
    Assert-That 'A restart keeps it, mounted' {
        [IO.File]::WriteAllText([IO.Path]::Combine($scratch, 'file'), 'kept')
        (Restart-HcsContainer web -PassThru).LayerFolderPath -eq $scratch
        [IO.File]::Exists([IO.Path]::Combine($scratch, 'file'))
        (Get-HcsLayer $scratch).VolumePath -match $volume
    } 'True|True|True'
    Assert-That 'After its end nothing is left' {
        Stop-HcsContainer web -Force -Confirm:$false
        [IO.Directory]::Exists($scratch)
        Get-HcsLayer
    } 'False'
    Assert-That 'A container that has exited is restarted with a new one' {
        Restart-HcsContainer $container
        $new = (Get-HcsLayer).Path
        $new -eq $scratch
        (Get-HcsLayer $new).VolumePath -match $volume
        Stop-HcsContainer web -Force -Confirm:$false
        [IO.Directory]::Exists($new)
    } 'False|True|False'

    Assert-That 'Schema 2 has its volume, with a backslash' {
        $container = New-HcsContainer two -Layer $base -SchemaVersion 2 -Start
        (ConvertTo-HcsJson $container | ConvertFrom-HcsJson).Container.Storage.Path -match '^\\\\\?\\Volume\{[-0-9a-f]+\}\\$'
        Stop-HcsContainer two -Force -Confirm:$false
        Get-HcsLayer
    } 'True'
    Assert-That 'A container that cannot be created leaves nothing' {
        (Get-Failure { New-HcsContainer bad -Layer $base -AdditionalJson '{"Owner":7}' }).Id
        Get-HcsLayer
    } 'HcsInvalidConfiguration'

    Assert-That 'A scratch is kept when that is asked for' {
        $kept = New-HcsContainer keep -Layer $base -KeepScratch -Start
        $kept.KeepsScratch
        Stop-HcsContainer keep -Force -Confirm:$false
        $layer = Get-HcsLayer
        $layer.Path -eq $kept.LayerFolderPath
        $null -eq $layer.VolumePath
        $layer.IsOrphaned
        Get-HcsLayer -Orphaned
        $layer | Remove-HcsLayer
        Get-HcsLayer
    } 'True|True|True|False'
    Assert-That 'One in a folder of the user is made, mounted, dismounted and kept' {
        foreach ($id in 'one', 'two') {
            $container = New-HcsContainer $id -Layer $base -LayerFolderPath $app -Start
            $container.LayerFolderPath -eq $app
            $container.KeepsScratch
            (Get-HcsLayer $app).VolumePath -match $volume
            Stop-HcsContainer $id -Force -Confirm:$false
            $null -eq (Get-HcsLayer $app).VolumePath
        }
    } 'True|True|True|True|True|True|True|True'
    Assert-That 'It is not used with other layers, nor while somebody has mounted it' {
        (Get-Failure { New-HcsContainer three -Layer $other -LayerFolderPath $app }).Id
        $null = Mount-HcsLayer $app
        (Get-Failure { New-HcsContainer three -Layer $base -LayerFolderPath $app }).Id
        (Get-HcsLayer $app).VolumePath -match $volume
        Dismount-HcsLayer $app
    } 'HcsLayerOfOtherParents|HcsLayerInUse|True'
    Assert-That 'Nothing is kept where nothing is made' { (Get-Failure { New-HcsContainer none -KeepScratch }).Id } 'HcsInvalidConfiguration'
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

Complete-Check
