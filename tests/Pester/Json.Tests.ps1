# Documents as JSON and back: ConvertTo- and ConvertFrom-HcsJson. They need no host.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
}

Describe 'JSON of a document' {
    It 'is what New-HcsContainer would send' {
        $json = ConvertTo-HcsJson @{ Name = 'web'; HostName = 'www' } | ConvertFrom-Json
        $json.SystemType | Should -Be 'Container'
        $json.Name | Should -Be 'web'
        $json.HostName | Should -Be 'www'
        $json.Owner | Should -Be 'HcsPowerShell'
    }

    It 'is that of schema 2 with -SchemaVersion 2' {
        $json = ConvertTo-HcsJson @{ Name = 'web'; MemoryMaximumInMB = 512 } -SchemaVersion 2 | ConvertFrom-Json
        $json.SchemaVersion.Major | Should -Be 2
        $json.Container.Memory.SizeInMB | Should -Be 512
    }

    It 'is refused for a member that schema 2 cannot say' {
        { ConvertTo-HcsJson @{ Name = 'web'; Servicing = $true } -SchemaVersion 2 -ErrorAction Stop } |
            Should -Throw '*Servicing*' -ErrorId 'HcsMemberHasNoCounterpart*'
    }

    It 'with -As is the named document as hcsshim writes it, with nothing added' {
        $json = @{ CommandLine = 'hostname'; Environment = @{ MODE = 'test' } } | ConvertTo-HcsJson -As ProcessConfig
        $json | Should -BeLike '{*"CommandLine":"hostname"*"Environment":{"MODE":"test"}*}'
        ConvertTo-HcsJson @{ Name = 'web' } -As ContainerConfig | ConvertFrom-Json |
            Select-Object -ExpandProperty Owner -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'comes back as it was, members that this version does not know included' {
        $size = "gr$([char] 0xF6)$([char] 0xDF)e"
        $text = '{"SystemType":"Container","Name":"' + $size + '","Layers":null,"Unheard":{"Of":1}}'
        $document = ConvertFrom-HcsJson $text
        $document.Name | Should -Be $size
        (ConvertTo-HcsJson $document -As ContainerConfig | ConvertFrom-Json).Unheard.Of | Should -Be 1
    }

    It 'becomes a document whose members can be changed' {
        $document = ConvertFrom-HcsJson '{"Name":"web","MemoryMaximumInMB":512}'
        $document.MemoryMaximumInMB | Should -Be 512
        $document.HostName = 'www'
        (ConvertTo-HcsJson $document | ConvertFrom-Json).HostName | Should -Be 'www'
    }

    It 'may come line by line, as Get-Content writes it' {
        $file = Join-Path $TestDrive 'web.json'
        '{', '  "Name": "web"', '}' | Set-Content -LiteralPath $file
        (Get-Content -LiteralPath $file | ConvertFrom-HcsJson).Name | Should -Be 'web'
    }

    It 'may come document by document' {
        ('{"Name":"web"}', '{"Name":"db"}' | ConvertFrom-HcsJson).Name | Should -Be 'web', 'db'
    }

    It 'becomes a ComputeSystem where it names schema 2' {
        ConvertFrom-HcsJson '{"SchemaVersion":{"Major":2,"Minor":1},"Owner":"me"}' |
            Should -BeOfType HcsPowerShell.Interop.Documents.ComputeSystem
    }

    It 'that is broken is the error HcsInvalidConfiguration' {
        { ConvertFrom-HcsJson '{"Name":' -ErrorAction Stop } | Should -Throw -ErrorId 'HcsInvalidConfiguration*'
    }

    It 'does not show credentials' {
        ConvertTo-HcsJson @{ Name = 'web'; Credentials = 'a secret' } | Should -Not -Match 'a secret'
    }
}
