# What a user types on Windows Server, from an image of Docker to a container and back, served by the mock of vmcompute.dll.
# The store of Docker is made by hand.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

$data = if ($env:HCSPOWERSHELL_MOCK_DATA) { $env:HCSPOWERSHELL_MOCK_DATA } else { $env:ProgramData }
$docker = [IO.Path]::Combine($data, 'docker')
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())
$app = [IO.Path]::Combine($folder, 'app')
$reference = 'mcr.microsoft.com/windows/servercore:ltsc2022'

function Get-Digest([string] $Text) {
    $sha = [Security.Cryptography.SHA256]::Create()
    -join ($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($Text)) | ForEach-Object { $_.ToString('x2') })
}

function Set-Text([string[]] $Path, [string] $Text) {
    $file = [IO.Path]::Combine([string[]] (@($docker) + $Path))
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($file))
    [IO.File]::WriteAllText($file, $Text)
}

$layer = Get-Digest 'layer'
$content = '{"os":"windows","os.version":"' + (Get-HcsHost).OSVersion + '.1","config":{"Entrypoint":["c:\\app.exe"],' +
    '"Cmd":["-v"],"Env":["A=b"],"WorkingDir":"C:\\"},"rootfs":{"diff_ids":["sha256:' + $layer + '"]}}'
$image = Get-Digest $content
Set-Text image, windowsfilter, imagedb, content, sha256, $image $content
Set-Text image, windowsfilter, layerdb, sha256, $layer, 'cache-id' $layer
Set-Text image, windowsfilter, 'repositories.json' ('{"Repositories":{"x":{"' + $reference + '":"sha256:' + $image + '"}}}')
Set-Text windowsfilter, $layer, Files, file 'in the layer'
Set-Text windowsfilter, $layer, 'blank-base.vhdx' ''
$base = [IO.Path]::Combine($docker, 'windowsfilter', $layer)
$null = [IO.Directory]::CreateDirectory($folder)
try {
    Assert-That 'The image of Docker is listed with its layers' {
        $found = Get-HcsImage $reference
        $found.Layers -eq $base
        $found.Entrypoint
    } "$base|c:\app.exe"
    Assert-That 'A container of the image gets a scratch of its own' {
        $container = New-HcsContainer web -Image $reference -StorageSandboxSize 40GB -Start
        $container.State
        $scratch = Get-HcsLayer
        $scratch.Path -eq $container.LayerFolderPath
        $null -ne $scratch.VolumePath
        $scratch.UsedBy
    } 'Running|True|True|web'
    Assert-That 'The session leaves the container, which goes on with its scratch' {
        $scratch = (Get-HcsLayer).Path
        Close-HcsContainer web
        [IO.Directory]::Exists($scratch)
        (Get-HcsLayer).UsedBy
        Get-HcsLayer -Orphaned
        Stop-HcsContainer web -Force -Confirm:$false
        [IO.Directory]::Exists($scratch)
        Get-HcsLayer
    } 'True|web|False'
    Assert-That 'A scratch of the user is made above the image and mounted for a container' {
        $null = New-HcsLayer $app -ParentLayer (Get-HcsImage $reference)
        $container = Mount-HcsLayer $app | New-HcsContainer -Id app -Start
        [IO.File]::WriteAllText([IO.Path]::Combine($app, 'made.txt'), 'made')
        $container.State
    } 'Running'
    Assert-That 'It is not removed, and its user is named' {
        $failure = Get-Failure { Remove-HcsLayer $app }
        $failure.Id
        $failure.Message -match "'app'"
    } 'HcsLayerInUse|True'
    Assert-That 'It is dismounted twice' {
        Stop-HcsContainer app -Force -Confirm:$false
        Dismount-HcsLayer $app
        Dismount-HcsLayer $app
        $null -eq (Get-HcsLayer $app).VolumePath
    } 'True'
    Assert-That 'The next container of the image sees the file' {
        $container = New-HcsContainer app2 -Image $reference -LayerFolderPath $app -Start
        $container.LayerFolderPath -eq $app
        $container.KeepsScratch
        [IO.File]::Exists([IO.Path]::Combine($app, 'made.txt'))
        Stop-HcsContainer app2 -Force -Confirm:$false
        $null -eq (Get-HcsLayer $app).VolumePath
    } 'True|True|True|True'
    Assert-That 'The image stays, and the command for it is named' {
        $failure = Get-Failure { Remove-HcsImage $reference -Confirm:$false }
        $failure.Id
        $failure.Message -match 'docker rmi'
        [IO.Directory]::Exists($base)
    } 'HcsImageForeign|True|True'
    Assert-That 'It is removed' {
        Remove-HcsLayer $app
        [IO.Directory]::Exists($app)
    } 'False'
}
finally {
    [IO.Directory]::Delete($folder, $true)
    [IO.Directory]::Delete($docker, $true)
}

Complete-Check
