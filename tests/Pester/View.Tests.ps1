# How objects look to a user, and what is left of them in another process.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
    Connect-HcsHost -Embedded -Isolation Process -Name views
    $web = New-HcsContainer web -Start

    # Serializes an object, as on its way to another process or file, and deserializes it again.
    function Get-Twin($Object) {
        [System.Management.Automation.PSSerializer]::Deserialize(
            [System.Management.Automation.PSSerializer]::Serialize($Object))
    }
}

AfterAll {
    Disconnect-HcsHost views -Confirm:$false
}

Describe 'A view' {
    BeforeAll {
        if ($PSStyle) {
            $rendering = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'PlainText'
        }
    }

    AfterAll {
        if ($PSStyle) { $PSStyle.OutputRendering = $rendering }
    }

    It 'colors the state where the console shows colors' {
        if (-not $PSStyle) { Set-ItResult -Skipped -Because 'Needs PowerShell 7, which has $PSStyle' }
        if (-not $Host.UI.SupportsVirtualTerminal) {
            Set-ItResult -Skipped -Because 'Needs a console that shows colors'
        }

        $PSStyle.OutputRendering = 'Ansi'
        try {
            ($web | Out-String).Contains($PSStyle.Foreground.Green + 'Running' + $PSStyle.Reset) | Should -BeTrue
        }
        finally {
            $PSStyle.OutputRendering = 'PlainText'
        }
    }

    It 'is plain text where that is asked for' {
        $web | Out-String | Should -Not -Match '\e'
        $web | Out-String | Should -Match 'Running'
    }

    It 'of a container has one line for each, with id, type, state and owner' {
        $shown = $web | Out-String -Width 120
        $shown | Should -Match '(?m)^web +Container +Running +HcsPowerShell '
    }

    It 'of <Name> is the same for what came from another process' -ForEach @(
        @{ Name = 'containers'; Object = { $web } }
        @{ Name = 'processes'; Object = { Start-HcsProcess $web $program.Sleep } }
        @{ Name = 'process results'; Object = { Invoke-HcsProcess $web $program.Exit0 -PassThru } }
        @{ Name = 'statistics'; Object = { Get-HcsStatistics $web } }
        @{ Name = 'hosts'; Object = { Get-HcsHost } }
        @{ Name = 'configurations'; Object = { ConvertFrom-HcsJson '{"SystemType":"Container","Name":"web"}' } }
        @{ Name = 'problems'; Object = { Test-HcsConfiguration @{ Name = 'web'; ProcessorMaximum = -1 } -Detailed } }
    ) {
        $live = & $Object
        $twin = Get-Twin $live
        $twin.PSObject.TypeNames[0] | Should -BeLike 'Deserialized.HcsPowerShell.*'
        $twin | Format-Table | Out-String | Should -Be ($live | Format-Table | Out-String)
        $twin | Format-Wide | Out-String | Should -Be ($live | Format-Wide | Out-String)
    }

    It 'knows a container''s type under both names, there too' {
        $web.Type | Should -Be 'Container'
        (Get-Twin $web).Type | Should -Be 'Container'
    }
}

Describe 'An object from another process' {
    BeforeAll {
        $job = Start-Job -ArgumentList (Get-Module HcsPowerShell).Path -ScriptBlock {
            Import-Module $args[0]
            $env:HCS_HOST = 'embedded'
            New-HcsContainer away -Start
            try { Get-HcsContainer web -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
        }
        $away, $unknown = $job | Receive-Job -Wait -AutoRemoveJob
    }

    It 'is shown as one of this process' {
        $away.PSObject.TypeNames[0] | Should -Be 'Deserialized.HcsPowerShell.HcsContainer'
        $away | Out-String | Should -Match '(?m)^away +Container +Running '
    }

    It 'lives on a host of that process, which does not know the containers of this one' {
        $unknown | Should -BeLike 'HcsSystemNotFound*'
    }
}
