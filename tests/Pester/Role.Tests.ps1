# The roles of the module in constrained sessions, as PowerShell makes them from a session configuration file.

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1'))
    $program = & (Join-Path $PSScriptRoot 'Get-Program.ps1')
    Connect-HcsHost -Embedded -Isolation Process -Name roles
}

AfterAll {
    Disconnect-HcsHost roles -Confirm:$false
}

Describe 'The role <_>' -ForEach 'HcsReader', 'HcsOperator' {
    BeforeAll {
        $script:modulePath = $env:PSModulePath
        $folder = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out')
        $env:PSModulePath = $folder + [IO.Path]::PathSeparator + $env:PSModulePath
        $script:mayChange = $_ -eq 'HcsOperator'
        $configuration = [IO.Path]::Combine($TestDrive, "$_.pssc")
        New-PSSessionConfigurationFile -Path $configuration -SessionType RestrictedRemoteServer -RoleDefinitions @{
            'everyone' = @{ RoleCapabilities = $_ }
        }
        $state = [initialsessionstate]::CreateFromSessionConfigurationFile(
            $configuration, [Func[string, bool]] { $true })
        $script:runspace = [runspacefactory]::CreateRunspace([initialsessionstate] $state)
        $script:runspace.Open()
        $null = New-HcsContainer web -Start

        # Runs a command as the user of the session; an error of the command ends the test unless the test catches it.
        function Invoke-Constrained([string] $Command, [hashtable] $Parameter = @{}) {
            $shell = [powershell]::Create([runspace] $script:runspace)
            try {
                $null = $shell.AddCommand($Command).AddParameters($Parameter)
                $shell.Invoke()
                if ($shell.HadErrors) {
                    throw $shell.Streams.Error[0]
                }
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    AfterAll {
        $script:runspace.Dispose()
        $env:PSModulePath = $script:modulePath
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
    }

    It 'shows the commands of the role and the eight of a restricted session' {
        $roles = Join-Path (Split-Path (Get-Module HcsPowerShell).Path) RoleCapabilities
        $capability = Import-PowerShellDataFile (Join-Path $roles "$_.psrc")
        $ofRole = $capability.VisibleCmdlets | ForEach-Object { if ($_ -is [hashtable]) { $_.Name } else { $_ } }
        $ofSession = 'Clear-Host', 'Exit-PSSession', 'Get-Command', 'Get-FormatData', 'Get-Help', 'Measure-Object',
            'Out-Default', 'Select-Object'
        $visible = Invoke-Constrained Get-Command @{ CommandType = 'Cmdlet, Function, ExternalScript, Application' }
        $visible.Name | Sort-Object | Should -Be ($ofRole + $ofSession | Sort-Object)
    }

    It 'has not <_>' -ForEach @(
        'Get-Item', 'Get-Content', 'Invoke-Expression', 'Import-Module', 'Start-Process', 'New-Object'
    ) {
        { Invoke-Constrained $_ } | Should -Throw '*not recognized*'
    }

    It 'lists and measures' {
        (Invoke-Constrained Get-HcsContainer @{ HcsHost = 'roles' }).Id | Should -Be 'web'
        (Invoke-Constrained Get-HcsStatistics @{ Id = 'web'; HcsHost = 'roles' }).ContainerId | Should -Be 'web'
    }

    It 'checks documents it is given' {
        Invoke-Constrained Test-HcsConfiguration @{ Configuration = '{"SystemType":"Container","Name":"web"}' } |
            Should -BeTrue
    }

    It 'reads no file' {
        $file = Join-Path $TestDrive 'web.json'
        '{"SystemType":"Container","Name":"web"}' | Set-Content -LiteralPath $file
        $refusal = if ($mayChange) { '*provider*FileSystem*' } else { '*parameter name ''Path''*' }
        { Invoke-Constrained Test-HcsConfiguration @{ Path = $file } } | Should -Throw $refusal
    }

    It 'creates, runs and stops for an operator alone' {
        $create = { Invoke-Constrained New-HcsContainer @{ Id = 'made'; HcsHost = 'roles'; Start = $true } }
        $run = { Invoke-Constrained Invoke-HcsProcess @{ Id = 'web'; HcsHost = 'roles'; CommandLine = $program.Name } }
        $stop = { Invoke-Constrained Stop-HcsContainer @{ Id = 'web'; HcsHost = 'roles'; Force = $true } }
        if ($mayChange) {
            (& $create).State | Should -Be 'Running'
            & $run | Should -Not -BeNullOrEmpty
            & $stop
            Get-HcsContainer | ForEach-Object Id | Should -Be 'made'
        }
        else {
            $create, $run, $stop | ForEach-Object { $_ | Should -Throw '*not recognized*' }
            (Get-HcsContainer web).State | Should -Be 'Running'
        }
    }

    It 'has no language to step out with' {
        $shell = [powershell]::Create([runspace] $script:runspace)
        $null = $shell.AddScript('1 + 1')
        { $shell.Invoke() } | Should -Throw '*no-language*'
        ([runspace] $runspace).SessionStateProxy.LanguageMode | Should -Be 'NoLanguage'
        $shell.Dispose()
    }
}
