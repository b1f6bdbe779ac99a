# What two containers own whose session ends without them, and what the next session makes of it. The mock of the service
# forgets its containers with the process, so they have gone then.
param([string] $Part, [string] $Folder)
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null
$base = [IO.Path]::Combine($Folder, 'base')

if ($Part -eq 'leave') {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($base, 'Files'))
    Initialize-HcsLayer $base
    Assert-That 'Two containers run' {
        (New-HcsContainer first -Layer $base -Start).State
        (New-HcsContainer second -Layer $base -Start).State
        Get-HcsLayer -Orphaned
    } 'Running|Running'
    Complete-Check
    return
}

$scratches = @(Get-HcsLayer -Orphaned)
Assert-That 'Both scratches are left, and nobody uses them' {
    $scratches.Count
    $scratches.Kind
    $scratches.IsOrphaned
    @($scratches | ForEach-Object { $_.UsedBy }).Count
} '2|Scratch|Scratch|True|True|0'
Assert-That 'Get-HcsLayer shows them without a path too' { @(Get-HcsLayer | Where-Object IsOrphaned).Count } '2'
Assert-That 'Nothing is removed under -WhatIf' {
    New-HcsContainer third -Layer $base -WhatIf
    $scratches[0] | Remove-HcsLayer -WhatIf
    @(Get-HcsLayer -Orphaned).Count
} '2'
Assert-That 'Remove-HcsLayer removes one, with its record' {
    $scratches[0] | Remove-HcsLayer
    @(Get-HcsLayer -Orphaned).Path -eq $scratches[1].Path
    [IO.Directory]::Exists($scratches[0].Path)
} 'True|False'
Assert-That 'The next container removes the other before it makes anything, and says so' {
    $lines = @(New-HcsContainer third -Layer $base -Verbose 4>&1 | ForEach-Object { "$_" })
    $gone = $lines.IndexOf(($lines -match "has gone; removed its scratch")[0])
    $gone -ge 0
    $gone -lt $lines.IndexOf(($lines -match "CreateSandboxLayer")[0])
    [IO.Directory]::Exists($scratches[1].Path)
    Get-HcsLayer -Orphaned
    Stop-HcsContainer third -Force -Confirm:$false
    Get-HcsLayer
} 'True|True|False'
[IO.Directory]::Delete($Folder, $true)
Complete-Check
