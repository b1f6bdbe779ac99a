<#
.SYNOPSIS
    Runs the Pester suites of the repository in this PowerShell, and fails when one of them does.
.DESCRIPTION
    Runs in Windows PowerShell 5.1 or PowerShell 7, on the module as it was built last. A suite also fails if it cannot be
    discovered, if it is empty, or if its setup or teardown fails, whatever its tests say; and so does a test that is
    skipped without a reason.
.PARAMETER Pester
    The name of the module Pester, or the path of its manifest.
.PARAMETER Path
    Suites, or folders with suites. Without it all of the repository.
.PARAMETER ResultPath
    A file to write the results to, as a JSON array: one element for each test and for each failure beside the tests.
#>
[CmdletBinding()]
param(
    [string] $Pester = 'Pester',
    [string[]] $Path,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..')) + [IO.Path]::DirectorySeparatorChar
if (-not $Path) {
    $Path = @('tests', 'docs' | ForEach-Object { Join-Path $root $_ })
}

Import-Module $Pester -MinimumVersion 6.0 -Force
$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -LiteralPath $Path -Recurse -Filter *.Tests.ps1 |
    Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$run = Invoke-Pester -Configuration $configuration

function ConvertTo-Result($File, [string] $Name, [string] $Result, $Reason) {
    [pscustomobject]@{
        Suite  = "$File".Replace($root, '').Replace('\', '/')
        Name   = $Name
        Result = $Result
        Reason = @($Reason | ForEach-Object { "$_" }) -join "`n"
    }
}

function Get-TestResult($Test) {
    $file = $Test.Block.BlockContainer.Item
    if ($Test.Result -eq 'Passed') {
        return ConvertTo-Result -File $file -Name $Test.ExpandedPath -Result 'Passed'
    }

    $reason = @($Test.ErrorRecord)
    for ($block = $Test.Block; $block -and -not $reason; $block = $block.Parent) {
        # The test failed during setup.
        $reason = @($block.ErrorRecord)
    }

    if ($Test.Result -eq 'Skipped' -and -not $reason) {
        return ConvertTo-Result -File $file -Name $Test.ExpandedPath -Result 'Failed' -Reason 'It is skipped without a reason.'
    }

    ConvertTo-Result -File $file -Name $Test.ExpandedPath -Result $Test.Result -Reason ($reason -replace '^is skipped, because ')
}

# Returns the failures outside the tests themselves.
function Get-OtherFailure {
    foreach ($suite in $run.Containers) {
        if ($suite.ErrorRecord) {
            ConvertTo-Result -File $suite.Item -Name 'can be discovered, set up and taken down' -Result 'Failed' -Reason $suite.ErrorRecord
        }
        elseif ($suite.TotalCount -eq 0) {
            ConvertTo-Result -File $suite.Item -Name 'has tests' -Result 'Failed' -Reason 'It has none.'
        }
    }

    foreach ($block in $run.FailedBlocks | Where-Object ErrorRecord) {
        $name = "$($block.ExpandedPath) is set up and taken down"
        ConvertTo-Result -File $block.BlockContainer.Item -Name $name -Result 'Failed' -Reason $block.ErrorRecord
    }
}

$results = @($run.Tests | ForEach-Object { Get-TestResult $_ }) + @(Get-OtherFailure)
if ($ResultPath) {
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
    [IO.File]::WriteAllText($file, (ConvertTo-Json $results))
}

$failed = @($results | Where-Object Result -NotIn 'Passed', 'Skipped')
if ($failed -or $run.PassedCount -eq 0) {
    $failed | ForEach-Object { "$($_.Suite): $($_.Name): $($_.Result): $($_.Reason)" }
    throw "Pester: $($failed.Count) failures; $($run.PassedCount) tests passed."
}
