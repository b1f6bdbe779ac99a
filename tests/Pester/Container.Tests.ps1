# Containers: New-, Get-, Start-, Stop-, Suspend-, Resume-, Wait-, Set- and Close-HcsContainer.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A container under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name containers
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    AfterAll {
        Disconnect-HcsHost containers -Confirm:$false
    }

    Context 'that is created' {
        It 'has the state Created, the id as its name, and the module as its owner' {
            $web = New-HcsContainer web
            $web.State | Should -Be 'Created'
            $web.Id | Should -Be 'web'
            $web.Name | Should -Be 'web'
            $web.Owner | Should -Be 'HcsPowerShell'
            $web.Type | Should -Be 'Container'
        }

        It 'runs at once with -Start' {
            (New-HcsContainer web -Start).State | Should -Be 'Running'
        }

        It 'gets a new GUID as its id where it has no name' {
            $id = (New-HcsContainer -Owner me).Id
            [guid]::Parse($id) | Should -BeOfType guid
        }

        It 'is made of a hashtable, under JSON''s names and Go''s alike' {
            $layer = @{ Id = 'one'; Path = 'C:\one' }, @{ ID = 'one'; Path = 'C:\one' }
            $sent = $layer | ForEach-Object { ConvertTo-HcsJson @{ Name = 'web'; Layers = @($_) } }
            $sent[0] | Should -Match '"ID":\s*"one"'
            $sent[1] | Should -Be $sent[0]
            (New-HcsContainer @{ Name = 'web'; owner = 'me' }).Owner | Should -Be 'me'
        }

        It 'is made of a file, under another id where one is given' {
            $file = Join-Path $TestDrive 'web.json'
            '{"SystemType":"Container","Name":"web","Owner":"me"}' | Set-Content -LiteralPath $file
            (New-HcsContainer -LiteralPath $file -Id web-2).Id | Should -Be 'web-2'
            (Get-Item $file | New-HcsContainer).Owner | Should -Be 'me'
        }

        It 'is made of a typed configuration that was changed' {
            $document = ConvertFrom-HcsJson '{"SystemType":"Container","Name":"web"}'
            $document.Owner = 'me'
            ($document | New-HcsContainer).Owner | Should -Be 'me'
        }

        It 'is made of a document of schema 2 with -SchemaVersion 2' {
            (New-HcsContainer web -SchemaVersion 2 -Start).State | Should -Be 'Running'
        }

        It 'takes members that this version does not know as -AdditionalJson' {
            $verbose = New-HcsContainer web -AdditionalJson '{"FutureMember":true}' -WhatIf -Verbose 4>&1
            "$verbose" | Should -Match '"FutureMember":\s*true'
        }

        It 'is not created with -WhatIf' {
            New-HcsContainer web -WhatIf
            Get-HcsContainer | Should -BeNullOrEmpty
        }

        It 'is refused with the name of the member for <Because>, and nothing is created' -ForEach @(
            @{ Because = 'a weight out of range'; Member = 'ProcessorWeight'; Value = 10001 }
            @{ Because = 'a member that does not exist'; Member = 'Naem'; Value = 'web' }
            @{ Because = 'a value of another type'; Member = 'MemoryMaximumInMB'; Value = 'much' }
        ) {
            { New-HcsContainer @{ Owner = 'me'; $Member = $Value } -ErrorAction Stop } |
                Should -Throw "*$Member*" -ErrorId 'HcsInvalidConfiguration*'
            Get-HcsContainer | Should -BeNullOrEmpty
        }
    }

    Context 'from start to end' {
        It 'is created, started, paused, resumed and stopped' {
            $web = New-HcsContainer web
            (Start-HcsContainer $web -PassThru).State | Should -Be 'Running'
            (Suspend-HcsContainer $web -PassThru).State | Should -Be 'Paused'
            (Resume-HcsContainer $web -PassThru).State | Should -Be 'Running'
            (Stop-HcsContainer $web -PassThru).State | Should -Be 'Stopped'
            Get-HcsContainer | Should -BeNullOrEmpty
        }

        It 'writes nothing to the pipeline without -PassThru' {
            $web = New-HcsContainer web
            Start-HcsContainer $web | Should -BeNullOrEmpty
            Suspend-HcsContainer $web | Should -BeNullOrEmpty
            Resume-HcsContainer $web | Should -BeNullOrEmpty
            Stop-HcsContainer $web | Should -BeNullOrEmpty
        }

        It 'ends as <ExitType> after Stop-HcsContainer <Parameter>' -ForEach @(
            @{ ExitType = 'GracefulExit'; Parameter = ''; More = @{} }
            @{ ExitType = 'ForcedExit'; Parameter = '-Force'; More = @{ Force = $true } }
        ) {
            $web = New-HcsContainer web -Start
            $stopped = Stop-HcsContainer $web @More -PassThru
            $stopped.ExitType | Should -Be $ExitType
            $stopped.ExitStatus.ExitType | Should -Be $ExitType
            $stopped.ExitStatus.ContainerId | Should -Be 'web'
            $stopped.ExitStatus.ExitTime | Should -Not -BeNullOrEmpty
        }

        It 'is not acted on by <Name> -WhatIf' -ForEach @(
            @{ Name = 'Start-HcsContainer'; State = 'Created'; Start = $false; More = @{} }
            @{ Name = 'Suspend-HcsContainer'; State = 'Running'; Start = $true; More = @{} }
            @{ Name = 'Stop-HcsContainer'; State = 'Running'; Start = $true; More = @{} }
            @{ Name = 'Stop-HcsContainer -Force'; State = 'Running'; Start = $true; More = @{ Force = $true } }
        ) {
            $web = New-HcsContainer web -Start:$Start
            & $Name.Split(' ')[0] $web @More -WhatIf
            (Get-HcsContainer web).State | Should -Be $State
        }

        It 'may be stopped twice in the session that saw it end' {
            $web = New-HcsContainer web -Start
            Stop-HcsContainer $web
            { Stop-HcsContainer $web -ErrorAction Stop } | Should -Not -Throw
        }

        It 'cannot be started again: restarting is creating' {
            $web = New-HcsContainer web -Start
            Stop-HcsContainer $web
            { Start-HcsContainer $web -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemAlreadyStopped*'
            (New-HcsContainer web -Start).State | Should -Be 'Running'
        }

        It 'of another owner is ended by -Force without a question where -Confirm is $false' {
            $null = New-HcsContainer web -Owner docker -Start
            Stop-HcsContainer web -Force -Confirm:$false
            Get-HcsContainer | Should -BeNullOrEmpty
        }

        It 'goes on after Close-HcsContainer, which gives up this session''s handle' {
            $web = New-HcsContainer web -Start
            (Close-HcsContainer $web -PassThru).Id | Should -Be 'web'
            (Get-HcsContainer web).State | Should -Be 'Running'
        }

        It 'with TerminateOnLastHandleClosed ends with the last handle on it' {
            $web = New-HcsContainer web -TerminateOnLastHandleClosed -Start
            $job = Start-HcsProcess $web $program.Sleep | Wait-HcsProcess -AsJob
            Close-HcsContainer $web
            ($job | Wait-Job -Timeout 30).State | Should -Be 'Completed'
            Remove-Job $job
            $deadline = [DateTime]::UtcNow.AddSeconds(30)
            do { $left = Get-HcsContainer } while ($left -and [DateTime]::UtcNow -lt $deadline)
            $left | Should -BeNullOrEmpty
        }
    }

    Context 'that is looked for' {
        BeforeEach {
            $null = New-HcsContainer web-1 -Owner me -Start
            $null = New-HcsContainer web-2 -Owner you -Start
            $null = New-HcsContainer db
        }

        It 'is found by <By>' -ForEach @(
            @{ By = 'its id'; Filter = @{ Id = 'web-1' }; Found = @('web-1') }
            @{ By = 'its id in another case'; Filter = @{ Id = 'WEB-1' }; Found = @('web-1') }
            @{ By = 'several ids'; Filter = @{ Id = 'web-1', 'db' }; Found = @('web-1', 'db') }
            @{ By = 'a pattern'; Filter = @{ Id = 'web-*' }; Found = @('web-1', 'web-2') }
            @{ By = 'a set of characters'; Filter = @{ Id = 'web-[2-9]' }; Found = @('web-2') }
            @{ By = 'its name'; Filter = @{ Name = 'd?' }; Found = @('db') }
            @{ By = 'its owner'; Filter = @{ Owner = 'me' }; Found = @('web-1') }
            @{ By = 'its state'; Filter = @{ State = 'Created' }; Found = @('db') }
            @{ By = 'its type'; Filter = @{ Type = 'Container' }; Found = @('db', 'web-1', 'web-2') }
            @{ By = 'all of several filters'; Filter = @{ Id = 'web-*'; State = 'Running'; Owner = 'you' }
                Found = @('web-2') }
        ) {
            (Get-HcsContainer @Filter).Id | Sort-Object | Should -Be ($Found | Sort-Object)
        }

        It 'is missing without an error where a pattern matches nothing' {
            Get-HcsContainer 'mail-*' -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'is the error HcsSystemNotFound where an id is unknown' {
            { Get-HcsContainer mail -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
        }

        It 'is asked for again where its object is piped in' {
            $db = Get-HcsContainer db
            Start-HcsContainer db
            $db.State | Should -Be 'Created'
            ($db | Get-HcsContainer).State | Should -Be 'Running'
        }
    }

    Context 'in a pipeline' {
        It 'is acted on by object, by id, by a property called Id, and by pattern' {
            $null = 'a', 'b', 'c', 'd' | ForEach-Object { New-HcsContainer $_ }
            Get-HcsContainer a | Start-HcsContainer
            'b' | Start-HcsContainer
            [pscustomobject]@{ Id = 'c' } | Start-HcsContainer
            Start-HcsContainer 'd*'
            (Get-HcsContainer -State Running).Id | Sort-Object | Should -Be 'a', 'b', 'c', 'd'
        }

        It 'goes on with the others after the one that fails, which is one error' {
            $null = New-HcsContainer a
            $null = New-HcsContainer b
            $started = 'a', 'mail', 'b' |
                Start-HcsContainer -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed
            $started.Id | Should -Be 'a', 'b'
            @($failed).Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'HcsSystemNotFound*'
            $failed[0].TargetObject | Should -Be 'mail'
        }
    }

    Context 'that is waited for' {
        It 'tells how it ended to whoever waits, early or late' {
            $web = New-HcsContainer web -Start
            $job = Wait-HcsContainer $web -AsJob
            Stop-HcsContainer $web -Force
            ($job | Wait-Job | Receive-Job).ExitType | Should -Be 'ForcedExit'
            Remove-Job $job
            (Wait-HcsContainer $web -TimeoutSec 0).ExitType | Should -Be 'ForcedExit'
        }

        It 'is the error HcsOperationTimeout when the time has passed, and runs on' {
            $null = New-HcsContainer web -Start
            { Wait-HcsContainer web -TimeoutSec 0 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsOperationTimeout*'
            (Get-HcsContainer web).State | Should -Be 'Running'
        }

        It 'ends the wait for several with the first of them where -Any is given' {
            $null = 'a', 'b' | ForEach-Object { New-HcsContainer $_ -Start }
            $job = Stop-HcsContainer b -AsJob
            (Wait-HcsContainer a, b -Any -TimeoutSec 30).ContainerId | Should -Be 'b'
            $null = $job | Wait-Job
            Remove-Job $job
            (Get-HcsContainer).Id | Should -Be 'a'
        }
    }

    Context 'that is changed while it runs' {
        It 'of schema 2 takes a request by its resource path' {
            $web = New-HcsContainer web -SchemaVersion 2 -Start
            $request = @{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 256 }
            (Set-HcsContainer $web -Request $request -PassThru -WarningAction Ignore).Id | Should -Be 'web'
        }

        It 'is not changed with -WhatIf, and -Verbose shows the request' {
            $web = New-HcsContainer web -SchemaVersion 2 -Start
            $request = @{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 256 }
            $verbose = Set-HcsContainer $web -Request $request -WhatIf -Verbose 4>&1
            "$verbose" | Should -Match 'Container/Memory/SizeInMB'
        }

        It 'refuses a resource that schema 1 does not have' {
            $null = New-HcsContainer web -Start
            { Set-HcsContainer web -ResourceType Memory -RequestType Add -Settings 1 } |
                Should -Throw '*MappedVirtualDisk*'
        }
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'an id that is taken'; Id = 'HcsSystemAlreadyExists'; Action = { New-HcsContainer web } }
        @{ What = 'a second start'; Id = 'HcsInvalidState'; Action = { Start-HcsContainer web } }
        @{ What = 'a resume of what is not paused'; Id = 'HcsInvalidState'; Action = { Resume-HcsContainer web } }
        @{ What = 'a start of an id that is unknown'; Id = 'HcsSystemNotFound'; Action = { Start-HcsContainer mail } }
        @{ What = 'a stop of an id that is unknown'; Id = 'HcsSystemNotFound'; Action = { Stop-HcsContainer mail } }
        @{ What = 'a process where a container belongs'; Id = 'HcsInvalidTarget'; Action = {
            Start-HcsProcess web $program.Sleep | Stop-HcsContainer } }
        @{ What = 'an object together with another host'; Id = 'HcsHostMismatch'; Action = {
            Connect-HcsHost -Embedded -Isolation Process -Name other
            try { Suspend-HcsContainer $web -HcsHost other }
            finally {
                Disconnect-HcsHost other -Confirm:$false
                Connect-HcsHost -Embedded -Name containers
            } } }
    ) {
        $web = New-HcsContainer web -Start
        $ErrorActionPreference = 'Stop'
        $Action | Should -Throw -ErrorId "$Id*"
    }
}
