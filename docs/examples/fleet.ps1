# The same job on several hosts, over SSH: a container on each, a command in it, and a line for each host. A host that cannot
# be reached, or that fails in the middle, is one error, and the others finish. Each computer needs PowerShell as a subsystem
# of its SSH server, and this module.

param(
    [Parameter(Mandatory)] [string[]] $HostName,
    [string] $CommandLine = 'sh -c "echo done by $$"'
)

$hosts = $containers = @()
$sessions = @(New-PSSession -HostName $HostName)
try {
    $hosts = @(Connect-HcsHost -Session $sessions -PassThru)
    $containers = @(New-HcsContainer -HcsHost $hosts -Id nightly -Start)
    foreach ($run in $containers | Invoke-HcsProcess -CommandLine $CommandLine -PassThru) {
        [pscustomobject]@{ Host = $run.HcsHost; ExitCode = $run.ExitCode; Output = "$($run.StandardOutput)" }
    }
}
finally {
    $containers | Stop-HcsContainer -Force
    $hosts | Disconnect-HcsHost
    $sessions | Remove-PSSession
}
