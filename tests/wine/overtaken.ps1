# Calls that end a container or process whose exit is reported before the call ends: the exit comes after 5 ms, and the
# call takes 30 ms. They go through the cmdlets, over the library of schema 1 (vmcompute.dll) or schema 2
# (computecore.dll).
param([Parameter(Mandatory)] [int] $Schema)

. "$PSScriptRoot/checks.ps1"
$library = @{ 1 = 'vmcompute'; 2 = 'computecore' }[$Schema]
$version = @{}
if ($Schema -eq 2) {
    $version = @{ SchemaVersion = 2 }
}

Connect-HcsHost -Local | Out-Null
[HcsPowerShell.Wine.Mock]::DelayExit($library, 5)
foreach ($function in 'HcsTerminateComputeSystem', 'HcsShutDownComputeSystem', 'HcsShutdownComputeSystem', 'HcsTerminateProcess') {
    [HcsPowerShell.Wine.Mock]::Delay($library, $function, 30)
}

Assert-That 'A hundred processes are started and stopped' {
    $container = New-HcsContainer @version -Start
    $failed = 0
    foreach ($time in 1..100) {
        Start-HcsProcess $container 'sleep 60000' | Stop-HcsProcess -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failed += $failure.Count
    }

    $failed
    Stop-HcsContainer $container -Force -Confirm:$false
} '0'
Assert-That 'A hundred containers are ended' {
    $failed = 0
    foreach ($time in 1..100) {
        New-HcsContainer @version -Start |
            Stop-HcsContainer -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failed += $failure.Count
    }

    $failed
} '0'
Assert-That 'A hundred containers are shut down' {
    $failed = 0
    foreach ($time in 1..100) {
        New-HcsContainer @version -Start |
            Stop-HcsContainer -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failed += $failure.Count
    }

    $failed
} '0'
Assert-That 'Statistics beside an end say that the container has exited' {
    # Long enough for the job to begin on a busy machine, and shorter than the limit of a query.
    [HcsPowerShell.Wine.Mock]::Delay($library, 'HcsGetComputeSystemProperties', 3000)
    $container = New-HcsContainer @version -Start -WarningAction SilentlyContinue
    $job = $container | Stop-HcsContainer -Force -Confirm:$false -AsJob
    (Get-Failure { Get-HcsStatistics $container }).Id
    ($job | Wait-Job).State
    $job | Remove-Job
} 'HcsSystemAlreadyStopped|Completed'
Complete-Check
