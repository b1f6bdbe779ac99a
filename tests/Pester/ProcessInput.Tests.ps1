# Input of started processes: Send-HcsProcessInput.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'Input of a process under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name inputs
        $web = New-HcsContainer web -Start
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        $copy = Start-HcsProcess $web $program.Copy -CreateStdInPipe -CreateStdOutPipe
    }

    AfterEach {
        Get-HcsProcess $web | Stop-HcsProcess
    }

    AfterAll {
        Disconnect-HcsHost inputs -Confirm:$false
    }

    It 'comes as lines from the pipeline' {
        'one', 'two' | Send-HcsProcessInput $copy -Close
        Receive-HcsProcessOutput $copy -Wait | Should -Be 'one', 'two'
    }

    It 'may come in several parts, and ends with -Close' {
        Send-HcsProcessInput $copy 'one'
        Send-HcsProcessInput $copy 'two'
        $copy.HasExited | Should -BeFalse
        Send-HcsProcessInput $copy -Close
        Receive-HcsProcessOutput $copy -Wait | Should -Be 'one', 'two'
        (Wait-HcsProcess $copy).ExitCode | Should -Be 0
    }

    It 'may be bytes, which go in as they are' {
        Send-HcsProcessInput $copy ([byte[]](0x48, 0x69, 10)) -Close
        Receive-HcsProcessOutput $copy -Wait | Should -Be 'Hi'
    }

    It 'goes to each of several processes' {
        $second = Start-HcsProcess $web $program.Copy -CreateStdInPipe -CreateStdOutPipe
        $back = 'hello' | Send-HcsProcessInput $copy, $second -Close -PassThru
        $back.ProcessId | Should -Be $copy.ProcessId, $second.ProcessId
        $copy, $second | Receive-HcsProcessOutput -Wait | Should -Be 'hello', 'hello'
    }

    It 'is not sent with -WhatIf' {
        Send-HcsProcessInput $copy 'never' -WhatIf
        Send-HcsProcessInput $copy -Close
        Receive-HcsProcessOutput $copy -Wait | Should -BeNullOrEmpty
    }

    It 'is the error HcsNoPipe for <What>' -ForEach @(
        @{ What = 'a process without a pipe'; Prepare = { Start-HcsProcess $web $program.Sleep } }
        @{ What = 'input that was closed'; Prepare = {
            Start-HcsProcess $web $program.Sleep -CreateStdInPipe |
                ForEach-Object { Send-HcsProcessInput $_ -Close -PassThru } } }
    ) {
        $process = & $Prepare
        { Send-HcsProcessInput $process 'hello' -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNoPipe*'
    }
}
