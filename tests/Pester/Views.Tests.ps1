# What a person sees of the objects, and what is left of them in another process.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name views
}

AfterAll {
    Disconnect-HcsHost views -Confirm:$false
}

Describe 'Views' {
    BeforeAll {
        $script:web = New-HcsContainer web -Start
        $script:rendering = $PSStyle.OutputRendering

        function Get-Twin($Object) {
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object))
        }
    }

    AfterEach {
        $PSStyle.OutputRendering = $script:rendering
    }

    It 'color the state where the console shows colors' -Skip:(-not $Host.UI.SupportsVirtualTerminal) {
        $PSStyle.OutputRendering = 'Ansi'
        ($web | Out-String).Contains($PSStyle.Foreground.Green + 'Running' + $PSStyle.Reset) | Should -BeTrue
    }

    It 'are plain text where that is asked for' {
        $PSStyle.OutputRendering = 'PlainText'
        $web | Out-String | Should -Not -Match '\e'
        $web | Out-String | Should -Match 'Running'
    }

    It 'of <Name> are the same for what came from another process' -ForEach @(
        @{ Name = 'containers'; Object = { $web } }
        @{ Name = 'processes'; Object = { Start-HcsProcess $web 'sleep 1000' } }
        @{ Name = 'process results'; Object = { Invoke-HcsProcess $web 'true' -PassThru } }
        @{ Name = 'statistics'; Object = { Get-HcsStatistics $web } }
        @{ Name = 'hosts'; Object = { Get-HcsHost } }
        @{ Name = 'configurations'; Object = { ConvertFrom-HcsJson '{"SystemType":"Container","Name":"web"}' } }
        @{ Name = 'problems'; Object = { Test-HcsConfiguration @{ Name = 'web'; ProcessorMaximum = -1 } -Detailed } }
    ) {
        $live = & $Object
        $twin = Get-Twin $live
        $twin.PSObject.TypeNames[0] | Should -BeLike 'Deserialized.HcsPowerShell.*'
        $PSStyle.OutputRendering = 'PlainText'
        $twin | Format-Table | Out-String | Should -Be ($live | Format-Table | Out-String)
        $twin | Format-Wide | Out-String | Should -Be ($live | Format-Wide | Out-String)
    }

    It 'know a container''s type under both names, there too' {
        $web.Type | Should -Be 'Container'
        (Get-Twin $web).Type | Should -Be 'Container'
    }
}

Describe 'Another process' {
    It 'takes a container back into commands' {
        $other = New-HcsContainer other -Start
        $twin = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($other))
        ($twin | Suspend-HcsContainer -PassThru).State | Should -Be 'Paused'
    }

    It 'has an embedded host of its own and says so' {
        $job = Start-Job -ArgumentList (Get-Module HcsPowerShell).Path -ScriptBlock {
            Import-Module $args[0]
            $env:HCS_HOST = 'embedded'
            try { Get-HcsContainer web -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
        }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeLike 'HcsSystemNotFound*'
    }

    It 'gives its objects to this one' {
        $job = Start-Job -ArgumentList (Get-Module HcsPowerShell).Path -ScriptBlock {
            Import-Module $args[0]
            $env:HCS_HOST = 'embedded'
            New-HcsContainer away -Start
        }
        $away = $job | Receive-Job -Wait -AutoRemoveJob
        $away.PSObject.TypeNames[0] | Should -Be 'Deserialized.HcsPowerShell.HcsContainer'
        $away | Out-String | Should -Match 'away'
    }
}
