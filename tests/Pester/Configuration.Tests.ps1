# Configurations in files and their problems: Import- and Test-HcsConfiguration. They need no host.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
}

Describe 'A configuration' {
    BeforeAll {
        $file = Join-Path $TestDrive 'web.json'
        '{"SystemType":"Container","Name":"web","FutureMember":1}' | Set-Content -LiteralPath $file
    }

    It 'is read from a file, by path, by pattern and through the pipeline' {
        (Import-HcsConfiguration $file).Name | Should -Be 'web'
        (Import-HcsConfiguration (Join-Path $TestDrive '*.json')).Name | Should -Be 'web'
        (Get-Item -LiteralPath $file | Import-HcsConfiguration).Name | Should -Be 'web'
    }

    It 'is read from a file whose name is a pattern, with -LiteralPath' {
        $odd = Join-Path $TestDrive 'web[1].json'
        Copy-Item -LiteralPath $file -Destination $odd
        (Import-HcsConfiguration -LiteralPath $odd).Name | Should -Be 'web'
        Remove-Item -LiteralPath $odd
    }

    It 'keeps the members that this version does not know' {
        Import-HcsConfiguration $file | ConvertTo-HcsJson | Should -Match '"FutureMember":\s*1'
    }

    It 'is the error HcsPathNotFound where there is no file' {
        { Import-HcsConfiguration (Join-Path $TestDrive 'no.json') -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsPathNotFound*'
    }

    It 'without problems is true' {
        Test-HcsConfiguration @{ Name = 'web' } | Should -BeTrue
        '{"SystemType":"Container","Name":"web"}' | Set-Content -LiteralPath (Join-Path $TestDrive 'sound.json')
        Test-HcsConfiguration -Path (Join-Path $TestDrive 'sound.json') | Should -BeTrue
    }

    It 'with problems is false, with one error for each' {
        $answer = Test-HcsConfiguration @{ Name = 'web'; ProcessorWeight = 99999; ProcessorMaximum = -1 } `
            -ErrorVariable failed -ErrorAction SilentlyContinue
        $answer | Should -BeFalse
        $failed.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'HcsInvalidConfiguration*'
        @($failed).Count | Should -Be 2
        $failed -join ' ' | Should -BeLike '*ProcessorWeight*ProcessorMaximum*'
    }

    It 'has the path of every problem with -Detailed' {
        $layers = @{ ID = 7; Path = 'C:\x' }, 3
        $problems = Test-HcsConfiguration @{ ProcessorWeight = 99999; Layers = $layers } -Detailed
        $problems.Path | Should -Contain 'ProcessorWeight'
        $problems.Path | Should -Contain 'Layers[1]'
        $problems.Message | Should -Not -BeNullOrEmpty
    }

    It 'is held against a release of Windows with -WindowsVersion' {
        $folder = '{"HostPath":"C:\\data","ContainerPath":"C:\\data","SupportCloudFiles":true}'
        $document = '{"SchemaVersion":{"Major":2,"Minor":3},"Container":{"MappedDirectories":[' + $folder + ']}}'
        Test-HcsConfiguration $document -WindowsVersion Server2022 | Should -BeTrue
        (Test-HcsConfiguration $document -WindowsVersion Server2019 -Detailed).Path |
            Should -Be 'SchemaVersion', 'Container.MappedDirectories[0].SupportCloudFiles'
    }

    It 'that has a member which this version does not know is told so, with its path' {
        (Test-HcsConfiguration -Path $file -Detailed).Path | Should -Be 'FutureMember'
    }

    It 'of a process is checked with -As' {
        Test-HcsConfiguration @{ CommandLine = 'hostname' } -As ProcessConfig | Should -BeTrue
        Test-HcsConfiguration @{ Memory = 1 } -As ProcessConfig -ErrorAction Ignore | Should -BeFalse
    }
}
