# The isolations of the embedded host, as data for Describe -ForEach:
#   Isolation   its name
#   Connection  the parameters of Connect-HcsHost for it
#   Lack        the reason to skip its tests if this machine does not support it. The host then has isolation Process,
#               so that a suite can be set up and taken down.

Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
@{ Isolation = 'Process'; Connection = @{ Embedded = $true; Isolation = 'Process' }; Lack = '' }

$oci = @{ Isolation = 'Oci'; Connection = @{ Embedded = $true; Isolation = 'Oci' }; Lack = '' }
try {
    $probe = Connect-HcsHost -Embedded -Isolation Oci -Name isolation-probe -PassThru -ErrorAction Stop
    Disconnect-HcsHost $probe -Confirm:$false
}
catch {
    $oci.Connection = @{ Embedded = $true; Isolation = 'Process' }
    $oci.Lack = "Needs isolation Oci: $_"
}

$oci
