# ConvertTo-, ConvertFrom-HcsJson, Import- and Test-HcsConfiguration in PowerShell itself.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
}

Describe 'Documents' {
    It 'are written as they would be sent' {
        $json = ConvertTo-HcsJson @{ Name = 'web'; HostName = 'www' } | ConvertFrom-Json
        $json.SystemType | Should -Be 'Container'
        $json.HostName | Should -Be 'www'
    }

    It 'come back as they were, members nobody knows included' {
        $text = '{"SystemType":"Container","Name":"größe","Layers":null,"Unheard":{"Of":1}}'
        $document = ConvertFrom-HcsJson $text
        $document.Name | Should -Be 'größe'
        (ConvertTo-HcsJson $document -As ContainerConfig | ConvertFrom-Json).Unheard.Of | Should -Be 1
    }

    It 'are read from files' {
        $file = [IO.Path]::Combine($TestDrive, 'web.json')
        '{"SystemType":"Container","Name":"web"}' | Set-Content -LiteralPath $file
        (Import-HcsConfiguration $file).Name | Should -Be 'web'
        (Get-Item $file | Import-HcsConfiguration).Name | Should -Be 'web'
    }

    It 'are checked, with the path of every problem' {
        $problems = Test-HcsConfiguration @{ Name = 'web'; ProcessorWeight = 99999; ProcessorMaximum = -1 } -Detailed
        $problems.Path | Should -Be 'ProcessorWeight', 'ProcessorMaximum'
        Test-HcsConfiguration @{ Name = 'web' } | Should -BeTrue
    }
}
