<#
.SYNOPSIS
    Rolls out the containers of a CSV file, watches their health, restarts what fails and reports.
.DESCRIPTION
    Each row names a container (Id), its host name and memory limit, the Command it is there for, and a Probe: a command
    line that exits with 0 inside a healthy container. What runs already is left alone, so the script can be repeated.
    One container that fails is one row of the report and never the end of the others.

    It can be tried and tested without a Host Compute Service: see rollout.Tests.ps1 beside it.
.PARAMETER Path
    The CSV file.
.PARAMETER Rounds
    How often the health of every container is checked.
.PARAMETER IntervalSec
    Seconds between two rounds.
.PARAMETER MaxRestart
    How often one container is restarted before it is given up.
.PARAMETER ReportPath
    A CSV file to write the report to as well.
.OUTPUTS
    One object per container: Id, Health (Healthy, Unhealthy, Failed), Restarts, Uptime, CommitMB, Reason.
.EXAMPLE
    ./rollout.ps1 -Path containers.csv -Rounds 10 | Where-Object Health -ne Healthy
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Path,
    [ValidateRange(1, 100000)] [int] $Rounds = 3,
    [ValidateRange(0, 3600)] [int] $IntervalSec = 5,
    [ValidateRange(0, 100)] [int] $MaxRestart = 3,
    [string] $ReportPath
)

$ErrorActionPreference = 'Stop'
$owner = 'rollout'

# Brings a container up from nothing and starts its command. Throws where the service refuses.
function Initialize-Container($Row) {
    $configuration = @{
        Owner             = $owner
        HostName          = $Row.HostName
        MemoryMaximumInMB = [long] $Row.MemoryMB
    }
    $container = New-HcsContainer -Id $Row.Id -Configuration $configuration -Start
    $null = Start-HcsProcess $container $Row.Command
}

# An empty text for a healthy container, otherwise what is wrong with it.
function Get-Ailment($Row) {
    try {
        $container = Get-HcsContainer -Id $Row.Id
        if ($container.State -ne 'Running') {
            return "is $($container.State)"
        }

        $probe = Invoke-HcsProcess $container $Row.Probe -PassThru -TimeoutSec 30
        if ($probe.ExitCode -ne 0) {
            return "probe exited with $($probe.ExitCode)"
        }

        return ''
    }
    catch {
        return $_.FullyQualifiedErrorId.Split(',')[0]
    }
}

# Takes down what is left of a container; that nothing is left is fine.
function Clear-Container($Row) {
    try {
        Stop-HcsContainer -Id $Row.Id -Force -Confirm:$false
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'HcsSystemNotFound*') {
            throw
        }
    }
}

# One try to bring a container up; what went wrong becomes part of its report.
function Invoke-Start($Entry) {
    try {
        Initialize-Container $Entry.Row
        $Entry.Reason = ''
    }
    catch {
        $Entry.Reason = $_.FullyQualifiedErrorId.Split(',')[0]
        Write-Verbose "$($Entry.Row.Id): $_"
    }
}

function Repair-Entry($Entry) {
    $Entry.Restarts++
    try {
        Clear-Container $Entry.Row
        Invoke-Start $Entry
    }
    catch {
        $Entry.Reason = $_.FullyQualifiedErrorId.Split(',')[0]
    }
}

function Get-Report($Entry) {
    $sample = if (-not $Entry.Ailment) { Get-HcsStatistics -Id $Entry.Row.Id -ErrorAction Ignore }
    [pscustomobject]@{
        Id       = $Entry.Row.Id
        Health   = if (-not $Entry.Ailment) { 'Healthy' } elseif ($Entry.Reason) { 'Failed' } else { 'Unhealthy' }
        Restarts = $Entry.Restarts
        Uptime   = $sample.Uptime
        CommitMB = if ($null -ne $sample.MemoryUsageCommitBytes) { [math]::Round($sample.MemoryUsageCommitBytes / 1MB, 1) }
        Reason   = if ($Entry.Reason) { $Entry.Reason } else { $Entry.Ailment }
    }
}

$rows = @(Import-Csv -LiteralPath $Path)
$twice = @($rows | Group-Object Id | Where-Object Count -gt 1)
if ($twice) {
    throw "The ids of '$Path' are not unique: $($twice.Name -join ', ')."
}

$entries = @($rows | ForEach-Object { [pscustomobject]@{ Row = $_; Restarts = 0; Reason = ''; Ailment = '' } })
$running = @(Get-HcsContainer -Owner $owner -State Running).Id
$entries = @($entries | Where-Object { $_.Row.Id -in $running -or $PSCmdlet.ShouldProcess($_.Row.Id, 'Roll out container') })

foreach ($entry in $entries | Where-Object { $_.Row.Id -notin $running }) {
    Invoke-Start $entry
}

for ($round = 1; $round -le $Rounds; $round++) {
    foreach ($entry in $entries) {
        $entry.Ailment = Get-Ailment $entry.Row
        if ($entry.Ailment -and $entry.Restarts -lt $MaxRestart) {
            Write-Verbose "$($entry.Row.Id) $($entry.Ailment): restarting it"
            Repair-Entry $entry
            $entry.Ailment = Get-Ailment $entry.Row
        }
    }

    Write-Progress -Activity 'Watching health' -Status "Round $round of $Rounds" -PercentComplete (100 * $round / $Rounds)
    if ($round -lt $Rounds) {
        Start-Sleep -Seconds $IntervalSec
    }
}

Write-Progress -Activity 'Watching health' -Completed
$report = @($entries | ForEach-Object { Get-Report $_ })
if ($ReportPath) {
    $report | Export-Csv -LiteralPath $ReportPath -NoTypeInformation
}

$report
