<#
.SYNOPSIS
    A short door to the build for those who have PowerShell 7; dotnet build and dotnet test do the same work without it.
.DESCRIPTION
    Test runs all tests. Pester and Analyze run that part alone, on the module as it was built last; Analyze needs
    PSScriptAnalyzer, and Pester takes the one that the tests restore where there is none.

    Package makes the package in out, from a folder of its own: a session that uses the staged module is not disturbed.
    Catalog does the same on Windows with a catalog of the files in it, signed with the certificate of -Thumbprint.
.PARAMETER Thumbprint
    A certificate for code signing in Cert:\CurrentUser\My.
.EXAMPLE
    ./build.ps1 -Task Test
#>
#Requires -Version 7
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Docs', 'Package', 'Catalog', 'Demo')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Thumbprint
)

$ErrorActionPreference = 'Stop'
$module = [IO.Path]::Combine($PSScriptRoot, 'src', 'HcsPowerShell')
$solution = [IO.Path]::Combine($PSScriptRoot, 'HcsPowerShell.sln')

function Invoke-Dotnet([string[]] $Arguments) {
    dotnet @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $Arguments ended with exit code $LASTEXITCODE."
    }
}

function Build-Module {
    Invoke-Dotnet @('build', $solution, '--configuration', $Configuration)
}

function Build-Package([string[]] $More) {
    Invoke-Dotnet (@('pack', $module, '--configuration', 'Release', '--output', [IO.Path]::Combine($PSScriptRoot, 'out')) + $More)
}

function Add-Catalog {
    $certificate = Get-Item -LiteralPath "Cert:\CurrentUser\My\$Thumbprint"
    $folder = Invoke-Dotnet @('msbuild', $module, '-getProperty:StagedModule', '-property:Configuration=Release;_IsPacking=true')
    $catalog = [IO.Path]::Combine($folder, 'HcsPowerShell.cat')
    $null = New-FileCatalog -Path $folder -CatalogFilePath $catalog -CatalogVersion 2.0
    $signature = Set-AuthenticodeSignature -FilePath $catalog -Certificate $certificate -HashAlgorithm SHA256
    if ($signature.Status -ne 'Valid') {
        throw "The catalog was not signed: $($signature.StatusMessage)"
    }
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Invoke-Dotnet @('test', '--solution', $solution, '--configuration', $Configuration) }
    'Pester' {
        # The Pester that the tests have restored, where this PowerShell has none of its own.
        $versions = [xml] (Get-Content -LiteralPath ([IO.Path]::Combine($PSScriptRoot, 'src', 'Directory.Packages.props')))
        $version = $versions.SelectSingleNode('//PesterVersion').InnerText
        $pester = if (Get-Module -ListAvailable Pester | Where-Object Version -GE $version) { 'Pester' } else {
            $packages = dotnet nuget locals global-packages --list --force-english-output
            [IO.Path]::Combine(($packages -replace '^global-packages: '), 'pester', $version, 'tools', 'Pester.psd1')
        }

        & ([IO.Path]::Combine($PSScriptRoot, 'tests', 'Pester', 'Invoke-Suite.ps1')) -Pester $pester
    }
    'Analyze' {
        Import-Module PSScriptAnalyzer
        $scripts = 'build.ps1', 'HcsPowerShell.psd1', 'docs', 'tests' |
            ForEach-Object { Get-ChildItem -LiteralPath ([IO.Path]::Combine($PSScriptRoot, $_)) -Recurse -Include '*.ps1', '*.psm1', '*.psd1' } |
            Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
        $settings = [IO.Path]::Combine($PSScriptRoot, 'tests', 'ScriptAnalyzerSettings.psd1')
        $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings })
        $findings | Format-Table ScriptName, Line, RuleName, Message -Wrap
        if ($findings -or -not $scripts) {
            throw "PSScriptAnalyzer: $($findings.Count) findings in $($scripts.Count) files."
        }
    }
    'Demo' {
        Invoke-Dotnet @('run', '--project', $module, '--', [IO.Path]::Combine($PSScriptRoot, 'docs', 'examples', 'quickstart.ps1'))
    }
    'Docs' {
        Invoke-Dotnet @('build', $module, '--configuration', $Configuration)
        & ([IO.Path]::Combine($PSScriptRoot, 'docs', 'Build-Help.ps1'))

        # Stages what was compiled.
        Invoke-Dotnet @('build', $module, '--configuration', $Configuration)
    }
    'Package' { Build-Package }
    'Catalog' {
        if (-not (Get-Command New-FileCatalog -ErrorAction Ignore) -or -not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
            throw 'A catalog needs New-FileCatalog and Set-AuthenticodeSignature, which PowerShell has on Windows only.'
        }

        if (-not $Thumbprint) {
            throw 'A catalog needs -Thumbprint, that of a certificate for code signing.'
        }

        Build-Package
        Add-Catalog
        Build-Package @('--no-build', '-property:StagePackage=false')
    }
}
