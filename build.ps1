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
        Import-Module Microsoft.PowerShell.PlatyPS
        $markdown = Measure-PlatyPSMarkdown ([IO.Path]::Combine($PSScriptRoot, 'docs', 'en-US', '*-Hcs*.md'))
        $markdown | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder ([IO.Path]::Combine($PSScriptRoot, 'docs', 'en-US')) -Force
        Build-Module
    }
    'Package' {
        $Configuration = 'Release'
        if (Test-Path -LiteralPath $staged) {
            # What an older build has staged must not ship.
            Remove-Item -LiteralPath $staged -Recurse
        }

        Build-Module
        Invoke-Dotnet pack ([IO.Path]::Combine($PSScriptRoot, 'src', 'HcsPowerShell')) --no-build --configuration $Configuration --output ([IO.Path]::Combine($PSScriptRoot, 'out'))
    }
}
