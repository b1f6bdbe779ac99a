# A Windows without the Host Compute Service: neither library is there.
. "$PSScriptRoot\checks.ps1"

foreach ($command in { Get-HcsHost }, { Get-HcsContainer }, { New-HcsContainer x }, { Stop-HcsContainer -Id x -Confirm:$false }) {
    Assert-That "The missing service is named, with the feature to enable:$command" {
        $failure = Get-Failure $command
        $failure.Id
        $failure.Code
        $failure.Advice -match 'Enable the Containers feature'
    } 'HcsNotInstalled|0x8007007E|True'
}

Assert-That 'The embedded host needs no service' { (Connect-HcsHost -Embedded -PassThru).Kind } 'Embedded'

Complete-Check
