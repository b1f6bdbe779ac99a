# Pending updates of a container: Test-HcsPendingUpdate.

BeforeDiscovery {
    $isolations = & (Join-Path $PSScriptRoot 'Get-Isolation.ps1')
}

Describe 'A pending update under isolation <Isolation>' -ForEach $isolations {
    BeforeAll {
        Connect-HcsHost @Connection -Name updates
        $web = New-HcsContainer web -Start
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterAll {
        Disconnect-HcsHost updates -Confirm:$false
    }

    It 'is false for a container that has none, by object and by id' {
        Test-HcsPendingUpdate $web | Should -BeFalse
        Test-HcsPendingUpdate web | Should -BeOfType bool
    }

    It 'is one answer for each container of the pipeline' {
        $null = New-HcsContainer db -Start
        Get-HcsContainer -State Running | Test-HcsPendingUpdate | Should -Be $false, $false
    }

    It 'is the error HcsSystemNotFound for an id that is unknown' {
        { Test-HcsPendingUpdate mail -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
    }
}
