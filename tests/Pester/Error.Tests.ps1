# The parts of an error on which a script can rely, for every command.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    Connect-HcsHost -Embedded -Isolation Process -Name errors
}

AfterAll {
    Disconnect-HcsHost errors -Confirm:$false
}

Describe 'An error' {
    BeforeAll {
        $null = New-HcsContainer web -Start
        try { Start-HcsContainer web -ErrorAction Stop } catch { $failure = $_ }
    }

    It 'has an id that begins with Hcs, and ends with the command' {
        $failure.FullyQualifiedErrorId | Should -Be 'HcsInvalidState,HcsPowerShell.Commands.StartHcsContainerCommand'
    }

    It 'has a category and the target' {
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.TargetObject | Should -Be 'web'
    }

    It 'has the code of the service, and names it in the message' {
        '0x{0:X8}' -f $failure.Exception.HResult | Should -Be '0x80370105'
        "$failure" | Should -BeLike "*'web'*0x80370105*"
    }

    It 'has the service''s own document and the function that failed' {
        $failure.Exception.ResultDocument | ConvertFrom-Json | Should -Not -BeNullOrEmpty
        $failure.Exception.Function | Should -Be 'HcsStartComputeSystem'
    }

    It 'has advice' {
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'of one target ends nothing: the next line runs' {
        $lines = & {
            Start-HcsContainer mail -ErrorAction SilentlyContinue
            'next'
        }
        $lines | Should -Be 'next'
    }

    It 'sets $? to false' {
        Start-HcsContainer mail -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }

    It 'is caught by try where -ErrorAction is Stop' {
        { Start-HcsContainer mail -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
    }

    It 'asks nobody where nobody can be asked: it is HcsConfirmationRequired' {
        $null = New-HcsContainer theirs -Owner docker -Start
        $manifest = (Get-Module HcsPowerShell).Path
        $shell = [powershell]::Create()
        $null = $shell.AddScript('Import-Module $args[0]; Stop-HcsContainer theirs -Force -HcsHost errors').
            AddArgument($manifest)
        $null = $shell.Invoke()
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'HcsConfirmationRequired*'
        $shell.Dispose()
        (Get-HcsContainer theirs).State | Should -Be 'Running'
        Stop-HcsContainer theirs -Force -Confirm:$false
    }
}
