# Every fact about the module is written here. The build makes the manifest of the staged module from this file: there the
# line of NestedModules is replaced by the names of the files beside it.
@{
    NestedModules          = @('out/HcsPowerShell/HcsPowerShell.psd1')
    ModuleVersion          = '0.1.0'
    GUID                   = '7c0e5b1e-6a0c-4d1d-9c55-0b6f3c1f5a52'
    Author                 = 'The HcsPowerShell authors'
    CompanyName            = 'The HcsPowerShell authors'
    Copyright              = '(c) 2026 The HcsPowerShell authors. MIT License.'
    Description            = 'The Windows Host Compute Service (HCS) as cmdlets and pipeline objects: create, start, list, watch, measure, pause, change and stop containers, and run processes in them. An embedded host lets you try and test runbooks on a machine without HCS.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @('Get-HcsStatistic')
    CmdletsToExport        = @(
        'Close-HcsContainer'
        'Close-HcsProcess'
        'Connect-HcsEndpoint'
        'Connect-HcsHost'
        'ConvertFrom-HcsJson'
        'ConvertTo-HcsJson'
        'Debug-HcsContainer'
        'Disconnect-HcsEndpoint'
        'Disconnect-HcsHost'
        'Dismount-HcsLayer'
        'Enter-HcsContainer'
        'Export-HcsReport'
        'Get-HcsContainer'
        'Get-HcsEndpoint'
        'Get-HcsHost'
        'Get-HcsImage'
        'Get-HcsLayer'
        'Get-HcsMappedVirtualDisk'
        'Get-HcsNetwork'
        'Get-HcsProcess'
        'Get-HcsStatistics'
        'Grant-HcsVMAccess'
        'Import-HcsConfiguration'
        'Import-HcsImage'
        'Initialize-HcsLayer'
        'Invoke-HcsProcess'
        'Mount-HcsLayer'
        'New-HcsContainer'
        'New-HcsEndpoint'
        'New-HcsLayer'
        'New-HcsNetwork'
        'Receive-HcsProcessOutput'
        'Remove-HcsEndpoint'
        'Remove-HcsImage'
        'Remove-HcsLayer'
        'Remove-HcsNetwork'
        'Resize-HcsConsole'
        'Restart-HcsContainer'
        'Resume-HcsContainer'
        'Revoke-HcsVMAccess'
        'Save-HcsContainer'
        'Send-HcsProcessInput'
        'Set-HcsContainer'
        'Set-HcsEndpoint'
        'Show-HcsStatistics'
        'Start-HcsContainer'
        'Start-HcsProcess'
        'Stop-HcsContainer'
        'Stop-HcsProcess'
        'Suspend-HcsContainer'
        'Test-HcsConfiguration'
        'Test-HcsPendingUpdate'
        'Wait-HcsContainer'
        'Wait-HcsProcess'
        'Watch-HcsEvent'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'HCS', 'Hcsshim', 'Container', 'Containers', 'HyperV', 'Virtualization', 'Windows', 'Linux'
                'PSEdition_Desktop', 'PSEdition_Core'
            )
            LicenseUri   = 'https://github.com/HcsPowerShell/HcsPowerShell/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/HcsPowerShell/HcsPowerShell'
            IconUri      = 'https://raw.githubusercontent.com/HcsPowerShell/HcsPowerShell/main/docs/icon.png'
            ReleaseNotes = 'First release: the Host Compute Service of Windows as commands, and an embedded host for everywhere else. Nothing has run on a live Windows host yet.'
        }
    }
}
