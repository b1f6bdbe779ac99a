# Consoles of processes: Start-HcsProcess -EmulateConsole, Resize-HcsConsole and Enter-HcsContainer.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A console under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
        Connect-HcsHost @Connection -Name consoles
        $web = New-HcsContainer web -Start
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        if ($env:OS -eq 'Windows_NT') {
            Set-ItResult -Skipped -Because 'Needs an embedded host with consoles, which Windows does not have'
        }
    }

    AfterEach {
        Get-HcsProcess $web | Stop-HcsProcess
    }

    AfterAll {
        Disconnect-HcsHost consoles -Confirm:$false
    }

    It 'has the size it is started with, and another after Resize-HcsConsole' {
        $shell = Start-HcsProcess $web sh -EmulateConsole -ConsoleSize 25, 80 -CreateStdOutPipe
        Send-HcsProcessInput $shell 'stty size'
        (Resize-HcsConsole $shell -Width 120 -Height 40 -PassThru).ProcessId | Should -Be $shell.ProcessId
        Send-HcsProcessInput $shell 'stty size', 'exit'
        $shown = Receive-HcsProcessOutput $shell -Wait -TimeoutSec 30
        $shown -join '|' | Should -Match '\b40 120\b'
    }

    It 'is resized by container and process id' {
        $sort = Start-HcsProcess $web $program.Sort -EmulateConsole
        { Resize-HcsConsole web $sort.ProcessId -Width 80 -Height 50 -ErrorAction Stop } | Should -Not -Throw
    }

    It 'keeps its size with -WhatIf' {
        $shell = Start-HcsProcess $web sh -EmulateConsole -ConsoleSize 25, 80 -CreateStdOutPipe
        Resize-HcsConsole $shell -Width 120 -Height 40 -WhatIf
        Send-HcsProcessInput $shell 'stty size', 'exit'
        (Receive-HcsProcessOutput $shell -Wait -TimeoutSec 30) -join '|' | Should -Match '\b25 80\b'
    }

    It 'is the error HcsNotSupported for a process without one' {
        $sort = Start-HcsProcess $web $program.Sort -CreateStdInPipe
        { Resize-HcsConsole $sort -Width 80 -Height 50 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNotSupported*'
    }

    It 'is not entered where there is no terminal, and Enter-HcsContainer says so' {
        if (-not [Console]::IsInputRedirected) {
            Set-ItResult -Skipped -Because 'Needs a session whose input is not a terminal'
        }

        { Enter-HcsContainer $web -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNoTerminal*'
    }
}
