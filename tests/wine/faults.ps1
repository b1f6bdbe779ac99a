# Runs every operation of a library with every fault of it, through the commands, by the table in tests/data: a user
# gets
# the expected error in time, and afterwards the next command works and nothing is left. Only one in so many cells is
# run.
# The long form has lost answers (a handle with one takes ten seconds to close) and documents of 50 MB.
param([Parameter(Mandatory)] [int] $Schema, [Parameter(Mandatory)] [string] $Table, [int] $Every = 1, [int] $Long)

. "$PSScriptRoot/checks.ps1"
$library = @{ 1 = 'vmcompute'; 2 = 'computecore' }[$Schema]
$version = @{}
if ($Schema -eq 2) {
    $version = @{ SchemaVersion = 2 }
}

$code = [int] 0x8037011C
$many = [string]::new('x', $(if ($Long) { 50MB } else { 1MB }))
$large = '{{"Error":-2143878884,"ErrorMessage":"{0}"}}' -f $many

# One answer for every query, with an unknown member.
$largeAnswer = '{{"Id":"c","State":"Running","Statistics":{{}},"ProcessList":[{{"ProcessId":1}}],"More":"{0}"}}' -f $many
$faults = [ordered] @{
    Refused = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 1, $code, $null) }
    FailsLater = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 2, $code, $null) }
    Delayed = { param($function) [HcsPowerShell.Wine.Mock]::Delay($library, $function, 50) }
    Malformed = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 1, $code, '{ no') }
    Empty = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 1, $code, ' ') }
    Large = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 1, $code, $large) }
    MalformedAnswer = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 0, 0, '{ no') }
    EmptyAnswer = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 0, 0, '') }
    LargeAnswer = {
        param($function)
        $text = if ($function -eq 'HcsEnumerateComputeSystems') { "[$largeAnswer]" } else { $largeAnswer }
        [HcsPowerShell.Wine.Mock]::Fault($library, $function, 0, 0, $text)
    }
    LateExit = { [HcsPowerShell.Wine.Mock]::DelayExit($library, 100) }
    Doubled = { }
    Disconnected = {
        param($function)
        $script:gone = [HcsPowerShell.Wine.Mock]::DisconnectDuring($library, $function)
    }
}
if ($Long) {
    $faults.Lost = { param($function) [HcsPowerShell.Wine.Mock]::Fault($library, $function, 3, 0, $null) }
}

Connect-HcsHost -Local | Out-Null
$cell = 0
$lines = [IO.File]::ReadAllLines($Table)
$columns = $lines[0].Split("`t")
foreach ($line in $lines -like "$library`t*") {
    $row = @{}
    $cells = $line.Split("`t")
    for ($i = 0; $i -lt $columns.Count; $i++) {
        $row[$columns[$i]] = $cells[$i]
    }

    foreach ($fault in @($faults.Keys | Where-Object { $row.$_ -ne 'n/a' })) {
        if ($cell++ % $Every) {
            continue
        }

        Assert-That "$($row.Operation), $fault" {
            [HcsPowerShell.Wine.Mock]::Reset($library)
            $c = New-HcsContainer @version -Start
            $p = Start-HcsProcess $c 'sleep 60000' -CreateStdInPipe
            . ([scriptblock]::Create($row.Before))
            & $faults[$fault] $row.Function
            $limit = if ($fault -eq 'Lost') { 1 } else { 20 }
            $time = [Diagnostics.Stopwatch]::StartNew()
            $ErrorActionPreference = 'Continue'
            $said = try { . ([scriptblock]::Create($row.Command.Replace('{T}', $limit))) 2>&1 3> $null } catch { $_ }
            $ErrorActionPreference = 'Stop'
            $ids = $said | Where-Object { $_ -is [Management.Automation.ErrorRecord] } |
                ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }
            if ($time.Elapsed.TotalSeconds -gt 40) {
                "$($time.Elapsed.TotalSeconds) s"
            }

            "$ids" -replace '^$', '-'
            if ($fault -eq 'Doubled') {
                [HcsPowerShell.Wine.Mock]::TellAgain($library)
            }
            elseif ($fault -eq 'Disconnected') {
                $script:gone.Wait()
            }

            (New-HcsContainer @version -Start | Get-HcsContainer).State
            Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false -ErrorAction Ignore
            $p | Close-HcsProcess
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (($left = [HcsPowerShell.Wine.Mock]::Left($library)) -and $clock.Elapsed.TotalSeconds -lt 20) {
                [Threading.Thread]::Sleep(10)
            }

            $left
        } "$($row.$fault)|Running|"
    }
}

Complete-Check
