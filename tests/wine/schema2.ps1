# Both libraries side by side. Each mock is a separate service, so a container shows which mock made it; its commands
# reach it only through that library.
. "$PSScriptRoot\checks.ps1"

$older = New-HcsContainer older
$newer = New-HcsContainer newer -SchemaVersion 2
Assert-That 'Schema 1 goes through vmcompute' { (Get-Failure { New-HcsContainer older }).Code } '0xC037010F'
Assert-That 'Schema 2 goes through computecore' { (Get-Failure { New-HcsContainer newer -SchemaVersion 2 }).Code } '0x8037010F'
Assert-That 'Computecore lists the systems' { (Get-HcsContainer).Id } 'newer'
Assert-That 'Each is started by its own library' { ($older, $newer | Start-HcsContainer -PassThru).State } 'Running|Running'
Assert-That 'Each runs processes by its own library, known by id too' {
    Invoke-HcsProcess -Id older 'echo größer'
    Invoke-HcsProcess -Id newer 'echo 容器'
} 'größer|容器'
Assert-That 'Each is stopped by its own library' {
    ($older, $newer | Stop-HcsContainer -PassThru -Confirm:$false).State
} 'Stopped|Stopped'
Assert-That 'The host names both libraries' { @((Get-HcsHost).Api -match '^(vmcompute|computecore)\.dll').Count } '2'
Assert-That 'A member without a counterpart in schema 2 is named' {
    $failure = Get-Failure { New-HcsContainer x -SchemaVersion 2 -LayerFolderPath C:\layer }
    $failure.Id
    $failure.Message -match 'LayerFolderPath'
} 'HcsMemberHasNoCounterpart|True'
Assert-That 'Nothing was created for it' { @(Get-HcsContainer).Count } '0'

Complete-Check
