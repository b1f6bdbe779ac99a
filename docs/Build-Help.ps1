<#
.SYNOPSIS
    Brings the pages in docs/en-US up to the commands, and compiles them into the file that Get-Help reads.
.DESCRIPTION
    A command without a page gets one, and a page gets the parameters its command has gained; gaps are marked {{ }}: fill
    them and run this again. A parameter its command has lost is left to remove. Needs the built module and
    Microsoft.PowerShell.PlatyPS 1.x.
#>
#Requires -Version 7
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$pages = Join-Path $PSScriptRoot 'en-US'
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())

# What PlatyPS leaves for a person to trip over: code as text between fences, control characters, marks of markdown,
# several paragraphs in one, links to pages that do not ship, full names of types, and no default values.
function Repair-Maml([xml] $Maml, $Help) {
    $names = [Xml.XmlNamespaceManager]::new($Maml.NameTable)
    foreach ($attribute in $Maml.DocumentElement.Attributes | Where-Object Prefix -EQ 'xmlns') {
        $names.AddNamespace($attribute.LocalName, $attribute.Value)
    }

    foreach ($example in $Maml.SelectNodes('//command:example', $names)) {
        $text = $example.SelectNodes('maml:introduction/maml:para', $names).InnerText -join "`n`n" -replace '[\x80-\x9f]'
        if ($text -notmatch '(?s)^```powershell\n(?<code>.*?)\n```\s*(```output\n(?<output>.*?)\n```\s*)?(?<remarks>.*)$') {
            throw "An example must begin with its code: $($example.InnerText)"
        }

        $example.SelectSingleNode('maml:introduction', $names).InnerXml = ''
        $example.SelectSingleNode('dev:code', $names).InnerText = $Matches.code
        $remarks = $example.SelectSingleNode('dev:remarks', $names)
        if ($Matches.output) {
            Add-Element -Parent $remarks -Name 'maml:para' -Text $Matches.output -Names $names
        }

        Add-Element -Parent $remarks -Name 'maml:para' -Text $Matches.remarks -Names $names

        # Sets it off from the next example.
        Add-Element -Parent $remarks -Name 'maml:para' -Text '' -Names $names
    }

    foreach ($paragraph in @($Maml.SelectNodes('//maml:para', $names))) {
        foreach ($part in $paragraph.InnerText.Replace('`', '').Trim() -split '\n{2,}') {
            $one = $paragraph.CloneNode($false)
            $one.InnerText = $part
            $null = $paragraph.ParentNode.InsertBefore($one, $paragraph)
        }

        $null = $paragraph.ParentNode.RemoveChild($paragraph)
    }

    foreach ($link in @($Maml.SelectNodes('//maml:navigationLink[not(starts-with(maml:uri, "http"))]', $names))) {
        $link.SelectSingleNode('maml:uri', $names).InnerText = ''
        if ($link.InnerText -eq 'Online Version') {
            $null = $link.ParentNode.RemoveChild($link)
        }
    }

    foreach ($parameter in $Maml.SelectNodes('//command:parameters/command:parameter', $names)) {
        $name = $parameter.SelectSingleNode('maml:name', $names).InnerText
        $command = $parameter.SelectSingleNode('../../command:details/command:name', $names).InnerText
        $described = ($Help | Where-Object Title -EQ $command).Parameters | Where-Object Name -EQ $name
        Add-Element -Parent $parameter -Name 'dev:defaultValue' -Text $described.DefaultValue -Names $names

        $short = "../../command:syntax//command:parameter[maml:name='$name']/command:parameterValue"
        foreach ($type in $parameter.SelectNodes('command:parameterValue', $names)) {
            $type.InnerText = $parameter.SelectSingleNode($short, $names).InnerText
        }
    }
}

function Add-Element($Parent, [string] $Name, [string] $Text, $Names) {
    $prefix, $local = $Name.Split(':')
    $element = $Parent.OwnerDocument.CreateElement($prefix, $local, $Names.LookupNamespace($prefix))
    $element.InnerText = $Text
    $null = $Parent.AppendChild($element)
}

Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0

# A copy without the help that is there already, which PlatyPS would add to the text of the pages. It stays: Windows does
# not delete what a session has loaded.
$module = [IO.Path]::Combine($PSScriptRoot, '..', 'src', 'HcsPowerShell', 'obj', 'help', 'HcsPowerShell')
if (Test-Path $module) {
    Remove-Item $module -Recurse
}

$null = New-Item -ItemType Directory (Split-Path $module) -Force
Copy-Item ([IO.Path]::Combine($PSScriptRoot, '..', 'out', 'HcsPowerShell')) $module -Recurse
Remove-Item (Join-Path $module 'en-US') -Recurse
Import-Module (Join-Path $module 'HcsPowerShell.psd1')
$null = New-Item -ItemType Directory $scratch
try {
    Copy-Item (Join-Path $pages '*-Hcs*.md') $scratch
    $new = Get-Command -Module HcsPowerShell -CommandType Cmdlet |
        Where-Object { -not (Test-Path (Join-Path $scratch "$($_.Name).md")) }
    if ($new) {
        New-MarkdownCommandHelp -CommandInfo $new -OutputFolder $scratch | Copy-Item -Destination $scratch
    }

    Update-MarkdownCommandHelp -Path (Join-Path $scratch '*.md') -NoBackup
    $help = Import-MarkdownCommandHelp -Path (Join-Path $scratch '*.md')
    foreach ($page in $help | Export-MarkdownCommandHelp -OutputFolder $scratch -Force) {
        # PlatyPS dates every page at every run: one that has not changed otherwise keeps its date.
        $kept = Join-Path $pages $page.Name
        $date = 'ms\.date: .*'
        if (-not (Test-Path $kept) -or
            ([IO.File]::ReadAllText($kept) -replace $date) -cne ([IO.File]::ReadAllText($page.FullName) -replace $date)) {
            Copy-Item $page $kept
        }
    }

    $gaps = Get-ChildItem $pages -Filter *-Hcs*.md | Select-String -SimpleMatch '{{' -List
    if ($gaps) {
        throw "Fill in what is marked {{ }} in $($gaps.Filename -join ', '), then run this again."
    }

    $compiled = $help | Export-MamlCommandHelp -OutputFolder $scratch -Force
    $maml = [xml] [IO.File]::ReadAllText($compiled.FullName)
    Repair-Maml $maml $help
    $settings = [Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create((Join-Path $pages $compiled.Name), $settings)
    $maml.Save($writer)
    $writer.Dispose()
}
finally {
    Remove-Item $scratch -Recurse
}
