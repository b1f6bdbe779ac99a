<#
.SYNOPSIS
    Answers, on a real Windows host, what the public facts about HCS leave open, and prints a report.
.DESCRIPTION
    Run it elevated, on the staged module, with a schema 1 document of a container that can be started on that host
    (process isolation: Layers, VolumePath or LayerFolderPath of a scratch that is mounted and used by nobody else):

        $data = @{ Schema1Document = 'C:\test\container.json'; Schema2Document = 'C:\test\container2.json' }
        Invoke-Pester -Container (New-PesterContainer -Path tests/live -Data $data) -TagFilter Live -Output Detailed

    A test fails when the module does not work there; an open question is answered in the report whatever the answer is.
    Please send the report to the project.
.PARAMETER Schema1Document
    Path of a schema 1 document.
.PARAMETER Schema2Document
    Path of a schema 2 document of the same container; without it the questions about schema 2 stay open.
#>
param(
    [Parameter(Mandatory)]
    [string] $Schema1Document,

    [string] $Schema2Document
)

BeforeDiscovery {
    $schema2 = -not [string]::IsNullOrEmpty($Schema2Document)
}

Describe 'HcsPowerShell on a Windows host' -Tag 'Live' {
    BeforeAll {
        Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1')) -Force
        Connect-HcsHost -Local
        $script:answers = [System.Collections.Generic.List[object]]::new()

        function Add-Answer([string] $Question, [object] $Answer) {
            $script:answers.Add([pscustomobject]@{ Question = $Question; Answer = "$Answer" })
        }

        # The HRESULT behind an error, or 'no error'.
        function Get-Code([scriptblock] $Action) {
            try { & $Action; 'no error' } catch { '0x{0:X8} from {1}' -f $_.Exception.HResult, $_.Exception.Function }
        }

        function Add-TestContainer([string] $Path = $Schema1Document, [hashtable] $More = @{}) {
            New-HcsContainer -LiteralPath $Path -Id "hcsps-live-$([guid]::NewGuid())" -ErrorAction Stop @More
        }
    }

    AfterEach {
        Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false
    }

    AfterAll {
        $windows = [Environment]::OSVersion.Version
        $report = @("HcsPowerShell live report: Windows $windows, PowerShell $($PSVersionTable.PSVersion)") +
            ($script:answers | ForEach-Object { '{0,-72} {1}' -f $_.Question, $_.Answer })
        $report | Write-Information -InformationAction Continue
    }

    It 'reports the host' {
        $hcsHost = Get-HcsHost
        $hcsHost.Kind | Should -Be 'Local'
        Add-Answer 'Libraries' ($hcsHost.Api -join ', ')
        Add-Answer 'Schema versions the service takes' ($hcsHost.SchemaVersions -join ', ')
        Add-Answer 'Caller is elevated' $hcsHost.IsElevated
    }

    It 'creates, starts, runs a process and stops (vmcompute: late notifications arrive)' {
        $started = [Diagnostics.Stopwatch]::StartNew()
        $container = Add-TestContainer
        Add-Answer 'Creation through vmcompute took (over 10 s: the notification never came), s' $started.Elapsed.TotalSeconds
        Start-HcsContainer $container
        'a', 'b' | Invoke-HcsProcess $container 'cmd /c more' | Should -Contain 'a'
        Add-Answer 'FileStream with isAsync on the pipes of HCS' 'works'
        Invoke-HcsProcess $container 'cmd /c exit 3'
        $LASTEXITCODE | Should -Be 3
        $exit = Stop-HcsContainer $container -PassThru
        Add-Answer 'ExitType after a shutdown' $exit.ExitStatus.Document
    }

    It 'tells an exit code above 2^31' {
        $container = Add-TestContainer -More @{ Start = $true }
        (Invoke-HcsProcess $container 'cmd /c exit -1073741510' -PassThru).ExitCode | Should -Be 3221225786
    }

    It 'tells the exit of a system that had exited before it was opened' {
        $container = Add-TestContainer -More @{ Start = $true }
        $id = $container.Id
        Stop-HcsContainer $container -Force -Confirm:$false
        Add-Answer 'Opening a system that has exited' (Get-Code { Get-HcsProcess $id -ErrorAction Stop })
    }

    It 'answers which family of codes a refusal has' {
        $container = Add-TestContainer -More @{ Start = $true }
        Add-Answer 'Start twice, vmcompute' (Get-Code { Start-HcsContainer $container -ErrorAction Stop })
        Add-Answer 'Id taken, vmcompute' (Get-Code { New-HcsContainer -LiteralPath $Schema1Document -Id $container.Id -ErrorAction Stop })
        Add-Answer 'Unknown id, computecore' (Get-Code { Get-HcsProcess 'hcsps-live-unknown' -ErrorAction Stop })
        Add-Answer 'Pause of a process-isolated container' (Get-Code { Suspend-HcsContainer $container -ErrorAction Stop })
    }

    It 'answers whether zero counters are dropped' {
        $container = Add-TestContainer -More @{ Start = $true }
        Add-Answer 'Statistics of an idle container' (Get-HcsStatistics $container).Document
        Add-Answer 'First process of the list' (Get-HcsProcess $container)[0].Document
    }

    It 'answers whether member names are compared without case' {
        $container = Add-TestContainer -More @{ AdditionalJson = '{"hostname":"hcspslive"}'; Start = $true }
        Add-Answer 'Host name of a container whose document says hostname' (Invoke-HcsProcess $container 'cmd /c hostname')
    }

    It 'answers whether computecore takes a schema 1 document' {
        $forced = Connect-HcsHost -Local -Api ComputeCore -PassThru
        try {
            Add-Answer 'Schema 1 document through computecore' (Get-Code { Add-TestContainer -More @{ HcsHost = $forced } })
        }
        finally {
            Connect-HcsHost -Local
        }
    }

    It 'runs the same life through computecore' -Skip:(-not $schema2) {
        $container = Add-TestContainer -Path $Schema2Document -More @{ Start = $true }
        Invoke-HcsProcess $container 'cmd /c echo hello' | Should -Be 'hello'
        (Stop-HcsContainer $container -PassThru).ExitStatus.ExitType | Should -Not -BeNullOrEmpty
    }
}
