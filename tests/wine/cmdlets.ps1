# The life of a container through the cmdlets on Windows .NET, served by a mock of the library that schema 1
# (vmcompute.dll) or schema 2 (computecore.dll) uses.
param([Parameter(Mandatory)] [int] $Schema)

. "$PSScriptRoot\checks.ps1"
$library = @{ 1 = 'vmcompute'; 2 = 'computecore' }[$Schema]
$family = @{ 1 = '0xC037'; 2 = '0x8037' }[$Schema]
$version = @{}
if ($Schema -eq 2) {
    $version = @{ SchemaVersion = 2 }
}

Assert-That 'The local service is the default on Windows, without a warning' {
    $found = Get-HcsHost -WarningVariable warned
    $found.Kind
    $warned.Count
} 'Local|0'
Assert-That 'The host names its library' { @((Get-HcsHost).Api -match "^$library\.dll").Count } '1'

$id = 'größe-容器-😀'
$container = New-HcsContainer -Name $id @version
Assert-That 'A container is created under an id beyond ASCII' { $container.Id, $container.State } "$id|Created"
Assert-That 'It is found by its id' { (Get-HcsContainer -Id $id).Id } $id
Assert-That 'It is found by a wildcard' { (Get-HcsContainer -Id '*容*').Id } $id
Assert-That 'It belongs to the module' { (Get-HcsContainer -Owner HcsPowerShell).Id } $id
Assert-That 'Its id is taken' { (Get-Failure { New-HcsContainer -Name $id @version }).Id } 'HcsSystemAlreadyExists'
Assert-That 'The code of a taken id comes unharmed' {
    (Get-Failure { New-HcsContainer -Name $id @version }).Code
} "${family}010F"
Assert-That 'An unknown id has an error of its own' { (Get-Failure { Get-HcsContainer -Id nobody }).Id } 'HcsSystemNotFound'
Assert-That 'The service answers for an unknown id' {
    $failure = Get-Failure { Start-HcsContainer -Id nobody -Confirm:$false }
    $failure.Id
    $failure.Code
} "HcsSystemNotFound|${family}010E"
Assert-That 'No process runs before the start' { (Get-Failure { Invoke-HcsProcess $container 'echo a' }).Id } 'HcsInvalidState'
Assert-That 'It starts' { (Start-HcsContainer $container -PassThru).State } 'Running'
Assert-That 'The service calls it running' { (Get-HcsContainer -State Running).Id } $id

Assert-That 'Output comes beyond ASCII' { Invoke-HcsProcess $container 'echo grüße 容器 😀' } 'grüße 容器 😀'
Assert-That 'An exit code' { Invoke-HcsProcess $container 'exit 3'; $LASTEXITCODE } '3'
Assert-That 'An exit code above 2^31 as native commands give it' {
    Invoke-HcsProcess $container 'exit 3221225786'
    $LASTEXITCODE
} '-1073741510'
Assert-That 'An exit code above 2^31 in the result' {
    (Invoke-HcsProcess $container 'exit 3221225786' -PassThru).ExitCode
} '3221225786'
Assert-That 'Pipeline input reaches the process and comes back' {
    'eins', 'zwölf', '三' | Invoke-HcsProcess $container cat
} 'eins|zwölf|三'
Assert-That 'A megabyte comes whole' {
    $bytes = 0
    Invoke-HcsProcess $container 'spew 1048576' -AsByteStream | ForEach-Object { $bytes += $_.Length }
    $bytes
} '1048576'
Assert-That 'Standard error comes as errors, each with its process' {
    Invoke-HcsProcess $container 'complain weh über weh' -ErrorVariable said -ErrorAction SilentlyContinue
    ($said[0].FullyQualifiedErrorId -split ',')[0]
    "$($said[0])"
    $said[0].TargetObject.ContainerId
} "HcsProcessErrorOutput|weh über weh|$id"
Assert-That 'An unknown command is refused' {
    (Get-Failure { Invoke-HcsProcess $container 'no-such.exe' }).Code
} '0x80070002'
Assert-That 'A process that takes too long is ended' {
    (Get-Failure { Invoke-HcsProcess $container 'sleep 60000' -TimeoutSec 1 }).Id
} 'HcsOperationTimeout'

$sleeper = Start-HcsProcess $container 'sleep 60000'
Assert-That 'A process id above 2^31' { $sleeper.ProcessId -gt [int]::MaxValue; $sleeper.HasExited } 'True|False'
Assert-That 'The process is listed' {
    $listed = Get-HcsProcess $container -ProcessId $sleeper.ProcessId
    $listed.ImageName
    $listed.ProcessId -eq $sleeper.ProcessId
} 'mock.exe|True'
Assert-That 'It stops' { (Stop-HcsProcess $sleeper -PassThru -Confirm:$false).HasExited; @(Get-HcsProcess $container).Count } 'True|0'
Assert-That 'A process is waited for' { (Start-HcsProcess $container 'exit 7' | Wait-HcsProcess -TimeoutSec 30).ExitCode } '7'

Assert-That 'Counters of 64 bits' { (Get-HcsStatistics $container).MemoryUsageCommitBytes } '18446744073709551615'
Assert-That 'It is suspended' { (Suspend-HcsContainer $container -PassThru).State; (Get-HcsContainer -Id $id).State } 'Paused|Paused'
Assert-That 'It is resumed' { (Resume-HcsContainer $container -PassThru).State; (Get-HcsContainer -Id $id).State } 'Running|Running'

$job = Wait-HcsContainer $container -AsJob
Assert-That 'A job waits for the end' { $job.State } 'Running'
Assert-That 'It shuts down' { (Stop-HcsContainer $container -PassThru -Confirm:$false).State } 'Stopped'
Assert-That 'The job ends with it' {
    $null = Wait-Job $job -Timeout 30
    $job.State
    (Receive-Job $job).ExitType
} 'Completed|GracefulExit'
Assert-That 'It is no longer there' { (Get-Failure { Get-HcsContainer -Id $id }).Id; @(Get-HcsContainer).Count } 'HcsSystemNotFound|0'

Assert-That 'Callbacks come while garbage is collected' {
    1..10 | ForEach-Object {
        $each = New-HcsContainer -Name "cycle-$_" -Start @version
        $waiting = Wait-HcsContainer $each -AsJob
        $done = Start-HcsProcess $each 'exit 1' | Wait-HcsProcess -AsJob
        $null = Stop-HcsContainer $each -Force -Confirm:$false
        $each = $null
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
        $null = Wait-Job $waiting, $done -Timeout 30
        (Receive-Job $waiting).ExitType
        $waiting.State
    }
} ((@('ForcedExit', 'Completed') * 10) -join '|')

# Like a service that is stopped, the mock tells every handle once and answers nothing more.
$container = New-HcsContainer -Name $id -Start @version
$job = Wait-HcsContainer $container -AsJob
$loaded = [Runtime.InteropServices.NativeLibrary]::Load("$library.dll")
$disconnect = [Runtime.InteropServices.NativeLibrary]::GetExport($loaded, 'mock_disconnect')
[Runtime.InteropServices.Marshal]::GetDelegateForFunctionPointer($disconnect, [Action]).Invoke()
Assert-That 'A wait ends when the service goes' {
    $null = Wait-Job $job -Timeout 30
    $job.State
    (Get-Failure { Receive-Job $job }).Id
} 'Failed|HcsServiceDisconnect'
Assert-That 'A new container needs only the service to be back' {
    (New-HcsContainer -Name $id -Start @version).State
    Stop-HcsContainer -Id $id -Force -Confirm:$false
} 'Running'

Complete-Check
