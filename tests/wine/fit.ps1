# Which layers run on this Windows, served by the mock of vmcompute.dll: real folders, whose version is that of a library.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())
$base, $top, $app = 'base', 'top', 'app' | ForEach-Object { [IO.Path]::Combine($folder, $_) }
$utility = [IO.Path]::Combine($base, 'UtilityVM')
$system = [IO.Path]::Combine($base, 'Files', 'Windows', 'System32')
$null = [IO.Directory]::CreateDirectory($system)
$null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($utility, 'Files'))
$null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($top, 'Files'))
try {
    # The first is that of the mock. .NET of this version knows that of Windows, and that of Wine.
    $version = if ([IO.Path]::DirectorySeparatorChar -eq '/') { [version] '10.0.20348' } else { [Environment]::OSVersion.Version }
    Assert-That 'The host tells its version' { (Get-HcsHost).OSVersion } $version.ToString(3)

    $null = Initialize-HcsLayer $base -PassThru
    [IO.File]::WriteAllText([IO.Path]::Combine($top, 'layerchain.json'), ('["' + $base.Replace('\', '\\') + '"]'))
    $null = New-HcsLayer $app -ParentLayer $top
    $mounted = Mount-HcsLayer $app
    $good = @{ LayerFolderPath = $app; VolumePath = $mounted.VolumePath; Layers = $mounted.Layers }
    Assert-That 'What is mounted fits its host' { Test-HcsConfiguration $good -OnHost } 'True'
    Assert-That 'The utility virtual machine is found below the newest layer' {
        $good.HvPartition = $true
        (Test-HcsConfiguration $good -OnHost -Detailed | ForEach-Object { $_.Path; $_.Message -match [regex]::Escape($base) })
        $good.HvRuntime = @{ ImagePath = $utility }
        Test-HcsConfiguration $good -OnHost
        $good.Remove('HvRuntime')
        $good.Remove('HvPartition')
    } 'HvRuntime.ImagePath|True|True'
    Assert-That 'New-HcsContainer finds it too' {
        $container = New-HcsContainer -Id hyperv -Layer $top -HvPartition
        (ConvertTo-HcsJson $container | ConvertFrom-HcsJson).HvRuntime.ImagePath -eq $utility
        Stop-HcsContainer $container -Force -Confirm:$false
    } 'True'
    Assert-That 'A wrong id is told, and so are other parents' {
        $ids = $good.Clone()
        $ids.Layers = @(@{ ID = [guid]::NewGuid(); Path = $top }, @{ ID = $mounted.Layers[1].ID; Path = $base })
        (Test-HcsConfiguration $ids -OnHost -Detailed).Path
        $ids.Layers = @($mounted.Layers[0])
        (Test-HcsConfiguration $ids -OnHost -Detailed).Path
    } 'Layers[0].ID|Layers'
    Dismount-HcsLayer $app
    Assert-That 'A volume that is gone is told' { (Test-HcsConfiguration $good -OnHost -Detailed).Path } 'VolumePath'

    # The version of the engine is no version of Windows.
    [IO.File]::Copy([psobject].Assembly.Location, [IO.Path]::Combine($system, 'ntdll.dll'))
    Assert-That 'Another version is told before anything is made' {
        (Test-HcsConfiguration $good -OnHost -Detailed).Path
        foreach ($isolation in @{}, @{ HvPartition = $true }) {
            $failure = Get-Failure { New-HcsContainer -Id misfit -Layer $top -LayerFolderPath $app @isolation }
            $failure.Id
            $failure.Message -match [regex]::Escape((Get-HcsLayer $base).OSVersion)
        }
        @(Get-HcsContainer).Count
    } 'VolumePath|Layers[1].Path|HcsLayerOfOtherVersion|True|HcsLayerOfOtherVersion|True|0'
    [IO.File]::Delete([IO.Path]::Combine($system, 'ntdll.dll'))
    [IO.Directory]::Delete($utility, $true)
    Assert-That 'Hyper-V isolation without a utility virtual machine is refused' {
        (Get-Failure { New-HcsContainer -Id misfit -Layer $top -LayerFolderPath $app -HvPartition }).Id
    } 'HcsNoUtilityVM'
    Remove-HcsLayer $app
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

Complete-Check
