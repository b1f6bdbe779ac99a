# The life of a scratch through the commands, served by the mock of vmcompute.dll: from an unpacked base layer to a running
# container and back.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

# The bare engine has no commands for files.
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())
$base = [IO.Path]::Combine($folder, 'base')
$app = [IO.Path]::Combine($folder, 'app')
$null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($base, 'Files'))
try {
    Assert-That 'An unpacked base layer is told from one that is completed' { (Get-HcsLayer $base).IsInitialized } 'False'
    Assert-That 'Nothing is made above it' {
        (Get-Failure { New-HcsLayer $app -ParentLayer $base }).Id
        [IO.Directory]::Exists($app)
    } 'HcsLayerNotInitialized|False'
    Assert-That 'It is completed' { (Initialize-HcsLayer $base -PassThru).IsInitialized } 'True'
    Assert-That 'It is completed once' { (Get-Failure { Initialize-HcsLayer $base }).Id } 'HcsLayerAlreadyInitialized'
    Assert-That 'A scratch is made above it' {
        $made = New-HcsLayer $app -ParentLayer $base -SizeBytes 40GB
        $made.Kind
        $made.Parents
        [IO.File]::Exists([IO.Path]::Combine($app, 'layerchain.json'))
    } "Scratch|$base|True"
    Assert-That 'A scratch above nothing is refused' {
        (Get-Failure { New-HcsLayer ([IO.Path]::Combine($folder, 'other')) -ParentLayer ([IO.Path]::Combine($folder, 'nowhere')) }).Id
    } 'HcsLayerParentMissing'

    $mounted = Mount-HcsLayer $app
    Assert-That 'It is mounted as a volume' { $mounted.VolumePath -match '^\\\\\?\\Volume\{[-0-9a-f]+\}$' } 'True'
    Assert-That 'Its layers have the ids of the service' {
        $mounted.Layers[0].Path
        $mounted.Layers[0].ID -eq (Get-HcsLayer $base).LayerId
    } "$base|True"
    Assert-That 'It is listed while it is mounted' { (Get-HcsLayer).Path } $app
    Assert-That 'It is mounted once' { (Get-Failure { Mount-HcsLayer $app }).Id } 'HcsFileInUse'

    $container = $mounted | New-HcsContainer -Id app -HostName box -Start
    Assert-That 'A container runs on it' { $container.State } 'Running'
    Assert-That 'Its document has the three members' {
        $document = ConvertTo-HcsJson $container | ConvertFrom-HcsJson
        $document.LayerFolderPath -eq $app
        $document.VolumePath -eq $mounted.VolumePath
        $document.Layers[0].Path -eq $base
    } 'True|True|True'
    Assert-That 'The user of the scratch is told' { (Get-HcsLayer $app).UsedBy } 'app'
    foreach ($command in 'Remove-HcsLayer', 'Dismount-HcsLayer', 'Mount-HcsLayer') {
        Assert-That "$command refuses and names the container" {
            $failure = Get-Failure { & $command $app }
            $failure.Id
            $failure.Message -match "container 'app'"
        } 'HcsLayerInUse|True'
    }

    Assert-That 'The base below it is not deleted, even by force' {
        (Get-Failure { Remove-HcsLayer $base -Force }).Id
        [IO.Directory]::Exists($base)
    } 'HcsLayerInUse|True'
    Stop-HcsContainer $container -Force -Confirm:$false
    Assert-That 'It is dismounted, and a second time' {
        Dismount-HcsLayer $app
        (Dismount-HcsLayer $app -PassThru).VolumePath -eq $null
    } 'True'
    Assert-That 'It is listed no longer' { Get-HcsLayer } ''
    Assert-That 'The base of a scratch that is mounted elsewhere is not deleted' {
        $elsewhere = [IO.Path]::Combine($folder, 'else', 'where')
        $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'else'))
        $null = New-HcsLayer $elsewhere -ParentLayer $base
        $null = Mount-HcsLayer $elsewhere
        Remove-HcsLayer $app
        (Get-Failure { Remove-HcsLayer $base -Force }).Id
        [IO.Directory]::Exists($base)
        Dismount-HcsLayer $elsewhere
        $null = New-HcsLayer $app -ParentLayer $base
    } 'HcsLayerInUse|True'
    Assert-That 'It is deleted' { Remove-HcsLayer $app; [IO.Directory]::Exists($app) } 'False'
    Assert-That 'The base can be deleted then' { Remove-HcsLayer $base -Force; [IO.Directory]::Exists($base) } 'False'
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

Complete-Check
