<#
.SYNOPSIS
    A short door to the build for those who have PowerShell 7; dotnet build and dotnet test do the same work without it.
.EXAMPLE
    ./build.ps1 -Task Test
#>
#Requires -Version 7
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Docs', 'Package', 'Demo')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$staged = [IO.Path]::Combine($PSScriptRoot, 'out', 'HcsPowerShell')

function Invoke-Dotnet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Build-Module {
    Invoke-Dotnet build ([IO.Path]::Combine($PSScriptRoot, 'HcsPowerShell.sln')) --configuration $Configuration
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Invoke-Dotnet test --solution ([IO.Path]::Combine($PSScriptRoot, 'HcsPowerShell.sln')) --configuration $Configuration }
    'Demo' { Invoke-Dotnet run --project ([IO.Path]::Combine($PSScriptRoot, 'src', 'HcsPowerShell.Shell')) '--' ([IO.Path]::Combine($PSScriptRoot, 'docs', 'examples', 'quickstart.ps1')) }
    'Docs' {
        $module = [IO.Path]::Combine($PSScriptRoot, 'src', 'HcsPowerShell')
        Invoke-Dotnet build $module --configuration $Configuration
        & ([IO.Path]::Combine($PSScriptRoot, 'docs', 'Build-Help.ps1'))

        # Stages what was compiled.
        Invoke-Dotnet build $module --configuration $Configuration
    }
    'Package' {
        $Configuration = 'Release'
        Build-Module
        Compress-PSResource -Path $staged -DestinationPath ([IO.Path]::Combine($PSScriptRoot, 'out'))
    }
}
