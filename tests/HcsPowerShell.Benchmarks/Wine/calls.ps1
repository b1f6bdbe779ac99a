# Lists 1,000 systems and takes statistics of one, as the C program beside it does; prints the nanoseconds of each call.
$ErrorActionPreference = 'Stop'
$null = Connect-HcsHost -Local -Api ComputeCore
1..1000 | ForEach-Object { $null = New-HcsContainer "system-$_" }
$container = Start-HcsContainer system-1 -PassThru

function Measure-Call($Name, $Count, $Call) {
    for ($i = 0; $i -lt $Count; $i++) {
        $start = [Diagnostics.Stopwatch]::GetTimestamp()
        & $Call
        '{0} {1:0}' -f $Name, [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalNanoseconds
    }
}

Measure-Call list 40 { $null = Get-HcsContainer }
Measure-Call statistics 400 { $null = Get-HcsStatistics $container }
