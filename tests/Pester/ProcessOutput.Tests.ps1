# Output of started processes: Receive-HcsProcessOutput.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'Output of a process under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name outputs
        $web = New-HcsContainer web -Start
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        Get-HcsProcess $web | Stop-HcsProcess
    }

    AfterAll {
        Disconnect-HcsHost outputs -Confirm:$false
    }

    It 'is followed to the end with -Wait' {
        Start-HcsProcess $web $program.Name -CreateStdOutPipe | Receive-HcsProcessOutput -Wait |
            Should -Not -BeNullOrEmpty
    }

    It 'stays readable after the exit' {
        $process = Start-HcsProcess $web $program.Both -CreateStdOutPipe
        $null = Wait-HcsProcess $process
        Receive-HcsProcessOutput $process | Should -Be 'out'
    }

    It 'is given once' {
        $process = Start-HcsProcess $web $program.Both -CreateStdOutPipe
        $null = Wait-HcsProcess $process
        $null = Receive-HcsProcessOutput $process
        Receive-HcsProcessOutput $process | Should -BeNullOrEmpty
    }

    It 'of standard error comes as errors' {
        $process = Start-HcsProcess $web $program.Both -CreateStdOutPipe -CreateStdErrPipe
        $output = Receive-HcsProcessOutput $process -Wait -ErrorVariable said -ErrorAction SilentlyContinue
        $output | Should -Be 'out'
        $said[0].FullyQualifiedErrorId | Should -BeLike 'HcsProcessErrorOutput*'
    }

    It 'comes as bytes with -AsByteStream' {
        $process = Start-HcsProcess $web $program.Copy -CreateStdInPipe -CreateStdOutPipe
        Send-HcsProcessInput $process ([byte[]](0x48, 0x69, 0xFF, 13, 10)) -Close
        [byte[]] @(Receive-HcsProcessOutput $process -Wait -AsByteStream | ForEach-Object { $_ }) |
            Should -Be 0x48, 0x69, 0xFF, 13, 10
    }

    It 'is read by container and process id' {
        $process = Start-HcsProcess $web $program.Both -CreateStdOutPipe
        Receive-HcsProcessOutput web $process.ProcessId -Wait | Should -Be 'out'
    }

    It 'is kept where the time of -Wait has passed' {
        $process = Start-HcsProcess $web $program.Copy -CreateStdInPipe -CreateStdOutPipe
        { Receive-HcsProcessOutput $process -Wait -TimeoutSec 0 -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsOperationTimeout*'
        Send-HcsProcessInput $process 'late' -Close
        Receive-HcsProcessOutput $process -Wait | Should -Be 'late'
    }

    It 'is the error HcsNoPipe where no pipe was asked for' {
        $process = Start-HcsProcess $web $program.Sleep
        { Receive-HcsProcessOutput $process -ErrorAction Stop } |
            Should -Throw -ErrorId 'HcsNoPipe*'
    }
}
