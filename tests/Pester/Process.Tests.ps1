# Processes in containers: Start-, Get-, Stop-, Wait-, Invoke- and Close-HcsProcess.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A process under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name processes
        $web = New-HcsContainer web -Start
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        Get-HcsProcess $web | Stop-HcsProcess
    }

    AfterAll {
        Disconnect-HcsHost processes -Confirm:$false
    }

    Context 'that is run to its end' {
        It 'is a stage of the pipeline' {
            'pear', 'apple' | Invoke-HcsProcess $web $program.Sort | Should -Be 'apple', 'pear'
        }

        It 'tells its exit code in $LASTEXITCODE, and no error' {
            Invoke-HcsProcess $web $program.Exit3 -ErrorAction Stop
            $LASTEXITCODE | Should -Be 3
            Invoke-HcsProcess $web $program.Exit0
            $LASTEXITCODE | Should -Be 0
        }

        It 'is one object with -PassThru: exit code, both outputs, and the time taken' {
            $result = Invoke-HcsProcess $web $program.Both -PassThru
            $result.ExitCode | Should -Be 0
            $result.StandardOutput | Should -Be 'out'
            $result.StandardError | Should -Be 'err'
            $result.Duration | Should -BeOfType timespan
            $result.ContainerId | Should -Be 'web'
        }

        It 'writes standard error to the error stream, and goes on' {
            $output = Invoke-HcsProcess $web $program.Both -ErrorVariable said -ErrorAction SilentlyContinue
            $output | Should -Be 'out'
            "$said" | Should -BeLike '*err*'
            $said[0].FullyQualifiedErrorId | Should -BeLike 'HcsProcessErrorOutput*'
        }

        It 'runs in each of several containers with the same input' {
            $null = New-HcsContainer db -Start
            try {
                $results = 'b', 'a' | Invoke-HcsProcess web, db $program.Sort -PassThru
                $results.ContainerId | Should -Be 'web', 'db'
                $results | ForEach-Object { $_.StandardOutput -join ' ' } | Should -Be 'a b', 'a b'
            }
            finally {
                Stop-HcsContainer db -Force
            }
        }

        It 'takes bytes and gives bytes as they are, with -AsByteStream' {
            $bytes = [byte[]](0x61, 0xFF, 0x0D, 0x0A)
            $back = Invoke-HcsProcess $web $program.Copy -InputObject $bytes -AsByteStream
            if ($env:OS -ne 'Windows_NT') {
                $bytes = [byte[]](0, 0x61, 0xFF, 10, 13, 0x80)
                $back = Invoke-HcsProcess $web $program.Copy -InputObject $bytes -AsByteStream
            }

            [byte[]] @($back | ForEach-Object { $_ }) | Should -Be $bytes
        }

        It 'reads and writes text of every language' {
            # Escaped, because Windows PowerShell 5.1 reads this file in the code page of the machine.
            $text = "gr$([char] 0xF6)$([char] 0xDF)e", "$([char] 0x5BB9)$([char] 0x5668)"
            $text | Invoke-HcsProcess $web $program.Copy | Should -Be $text
        }

        It 'is ended when the time has passed, with the error HcsOperationTimeout' {
            { Invoke-HcsProcess $web $program.Sleep -TimeoutSec 0 -ErrorAction Stop } |
                Should -Throw -ErrorId 'HcsOperationTimeout*'
            $image = $program.Sleep.Split(' ')[0]
            $deadline = [DateTime]::UtcNow.AddSeconds(30)
            do { $left = Get-HcsProcess $web | Where-Object ImageName -Like "$image*" }
            while ($left -and [DateTime]::UtcNow -lt $deadline)
            $left | Should -BeNullOrEmpty
        }

        It 'is not run with -WhatIf' {
            Invoke-HcsProcess $web $program.Both -WhatIf | Should -BeNullOrEmpty
        }
    }

    Context 'that is started' {
        It 'runs while the script goes on' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            $sleeper.HasExited | Should -BeFalse
            $sleeper.ExitCode | Should -BeNullOrEmpty
            $sleeper.ContainerId | Should -Be 'web'
        }

        It 'tells its exit code to whoever waits, early or late' {
            $process = Start-HcsProcess $web $program.Exit3
            (Wait-HcsProcess $process).ExitCode | Should -Be 3
            (Wait-HcsProcess $process -TimeoutSec 0).ExitCode | Should -Be 3
            $process.HasExited | Should -BeTrue
            $process.ExitCode | Should -Be 3
        }

        It 'is waited for through the pipeline' {
            (Start-HcsProcess $web $program.Exit3 | Wait-HcsProcess).ExitCode | Should -Be 3
        }

        It 'sees the environment that it is given and no other' {
            Invoke-HcsProcess $web $program.Mode -Environment @{ MODE = 'repair' } | Should -Be 'repair'
            $env:MODE = 'mine'
            try {
                Invoke-HcsProcess $web $program.Mode | Should -Not -Be 'mine'
            }
            finally {
                $env:MODE = $null
            }
        }

        It 'takes arguments as they are with -CommandArg' {
            if ($env:OS -eq 'Windows_NT') { Set-ItResult -Skipped -Because 'Needs a system with printf' }
            Invoke-HcsProcess $web -CommandArg 'printf', '%s|', 'a b', '"', '' | Should -Be 'a b|"||'
        }

        It 'begins in the working directory that it is given' {
            if ($env:OS -eq 'Windows_NT') { Set-ItResult -Skipped -Because 'Needs a system with the folder /usr' }
            Invoke-HcsProcess $web $program.Folder -WorkingDirectory /usr | Should -Be '/usr'
        }

        It 'is the error HcsPathNotFound where there is no such program' {
            { Start-HcsProcess $web no-such-program -ErrorAction Stop } |
                Should -Throw '*no-such-program*' -ErrorId 'HcsPathNotFound*'
        }

        It 'is the error HcsInvalidState where the container <Condition>' -ForEach @(
            @{ Condition = 'was not started'; Prepare = { New-HcsContainer still } }
            @{ Condition = 'is paused'; Prepare = { New-HcsContainer still -Start | Suspend-HcsContainer -PassThru } }
        ) {
            $still = & $Prepare
            try {
                { Start-HcsProcess $still $program.Sleep -ErrorAction Stop } | Should -Throw -ErrorId 'HcsInvalidState*'
            }
            finally {
                Stop-HcsContainer $still -Force
            }
        }
    }

    Context 'that runs' {
        It 'is listed with its image, and found by its id' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            $image = $program.Sleep.Split(' ')[0]
            $deadline = [DateTime]::UtcNow.AddSeconds(30)
            do { $listed = Get-HcsProcess $web | Where-Object ProcessId -EQ $sleeper.ProcessId }
            until ($listed.ImageName -like "$image*" -or [DateTime]::UtcNow -gt $deadline)
            $listed.ImageName | Should -BeLike "$image*"
            (Get-HcsProcess web $sleeper.ProcessId).ProcessId | Should -Be $sleeper.ProcessId
        }

        It 'is killed through the pipeline, and that is an exit as any other' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            Get-HcsProcess $web | Where-Object ProcessId -EQ $sleeper.ProcessId | Stop-HcsProcess
            (Wait-HcsProcess $sleeper -TimeoutSec 30).ExitCode | Should -Not -BeNullOrEmpty
            (Get-HcsContainer web).State | Should -Be 'Running'
        }

        It 'is killed by container and process id' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            (Stop-HcsProcess web $sleeper.ProcessId -PassThru).HasExited | Should -BeTrue
        }

        It 'may be killed twice' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            Stop-HcsProcess $sleeper
            { Stop-HcsProcess $sleeper -ErrorAction Stop } | Should -Not -Throw
        }

        It 'is not killed with -WhatIf' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            Stop-HcsProcess $sleeper -WhatIf
            $sleeper.HasExited | Should -BeFalse
        }

        It 'is the error HcsOperationTimeout when the wait for it has run out' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            { Wait-HcsProcess $sleeper -TimeoutSec 0 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsOperationTimeout*'
            $sleeper.HasExited | Should -BeFalse
        }

        It 'ends the wait for several with the first of them where -Any is given' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            $brief = Start-HcsProcess $web $program.Exit3
            (Wait-HcsProcess $sleeper, $brief -Any -TimeoutSec 30).ProcessId | Should -Be $brief.ProcessId
        }

        It 'goes on after Close-HcsProcess, which gives up this session''s handle' {
            $sleeper = Start-HcsProcess $web $program.Sleep
            (Close-HcsProcess $sleeper -PassThru).ProcessId | Should -Be $sleeper.ProcessId
            (Get-HcsProcess $web).ProcessId | Should -Contain $sleeper.ProcessId
        }

        It 'ends with its container' {
            $other = New-HcsContainer other -Start
            $sleeper = Start-HcsProcess $other $program.Sleep
            Stop-HcsContainer $other -Force
            $null = Wait-HcsProcess $sleeper -TimeoutSec 30
            $sleeper.HasExited | Should -BeTrue
        }
    }
}
