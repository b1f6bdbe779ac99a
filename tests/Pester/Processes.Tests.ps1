# Start-, Get-, Stop-, Wait-, Invoke-HcsProcess, Send-HcsProcessInput and Receive-HcsProcessOutput in PowerShell itself.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name processes
}

AfterAll {
    Disconnect-HcsHost processes -Confirm:$false
}

Describe 'Processes in a container' {
    BeforeAll {
        $script:web = New-HcsContainer web -Start
    }

    It 'are a stage of the pipeline' {
        'pear', 'apple' | Invoke-HcsProcess $web sort | Should -Be 'apple', 'pear'
    }

    It 'tell their exit code as data' {
        Invoke-HcsProcess $web 'sh -c "exit 3"'
        $LASTEXITCODE | Should -Be 3
        (Invoke-HcsProcess $web 'sh -c "exit 4"' -PassThru).ExitCode | Should -Be 4
    }

    It 'write standard error to the error stream' {
        $output = Invoke-HcsProcess $web 'sh -c "echo out; echo err >&2"' -ErrorVariable said -ErrorAction SilentlyContinue
        $output | Should -Be 'out'
        "$said" | Should -BeLike '*err*'
    }

    It 'talk while they run' {
        $cat = Start-HcsProcess $web cat -CreateStdInPipe -CreateStdOutPipe
        Send-HcsProcessInput $cat -InputObject 'hello' -Close
        Receive-HcsProcessOutput $cat -Wait | Should -Be 'hello'
        (Wait-HcsProcess $cat).ExitCode | Should -Be 0
        Close-HcsProcess $cat
    }

    It 'are listed, and killed through the pipeline' {
        $sleeper = Start-HcsProcess $web 'sleep 1000'
        (Get-HcsProcess $web).ProcessId | Should -Contain $sleeper.ProcessId
        $sleeper | Stop-HcsProcess
        (Wait-HcsProcess $sleeper).ExitCode | Should -Not -BeNullOrEmpty
        $sleeper.HasExited | Should -BeTrue
    }

    It 'end with their container' {
        $other = New-HcsContainer other -Start
        $sleeper = Start-HcsProcess $other 'sleep 1000'
        Stop-HcsContainer $other -Force
        $null = Wait-HcsProcess $sleeper
        $sleeper.HasExited | Should -BeTrue
    }
}
