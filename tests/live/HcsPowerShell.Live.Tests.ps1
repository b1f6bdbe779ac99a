<#
.SYNOPSIS
    Checks the assumptions about Windows on a real host, and prints a report of open questions.
.DESCRIPTION
    Run it elevated on Windows Server or Windows 10/11 with the Containers feature, in Windows PowerShell 5.1 and in
    PowerShell 7, on the module as it was built last. The tests create containers from a schema 1 document, and from a
    schema 2 document of the same container. The container must be able to start on that host (process isolation: the
    layers, and a mounted scratch that nothing else uses), and its image must have cmd, findstr and ping:

        $data = @{ Schema1Document = 'C:\test\container.json'; Schema2Document = 'C:\test\container2.json' }
        Invoke-Pester -Container (New-PesterContainer -Path tests/live -Data $data) -Output Detailed

    The name of each test states an assumption; a test that fails shows that it is wrong. The report contains the
    questions without a known answer, with the answer of this host. Please send it to the project. A test that this host
    cannot run is skipped, with the reason.
.PARAMETER Schema1Document
    Path of a schema 1 document; without it, the tests that need a container of schema 1 are skipped.
.PARAMETER Schema2Document
    Path of a schema 2 document; without it, the tests that need a container of schema 2 are skipped.
.PARAMETER ParentLayer
    Path of a read-only layer with cmd in it, such as the newest layer of an image in
    C:\ProgramData\docker\windowsfilter; without it, the tests that need a layer are skipped.
.PARAMETER Image
    Name of an image of this host with cmd in it, such as mcr.microsoft.com/windows/servercore:ltsc2022; without it, the test
    that needs an image is skipped.
.PARAMETER ReportPath
    A file to write the report to as well.
#>
param(
    [string] $Schema1Document,
    [string] $Schema2Document,
    [string] $ParentLayer,
    [string] $Image,
    [string] $ReportPath
)

BeforeDiscovery {
    $lack = if ($env:OS -ne 'Windows_NT') { 'Needs Windows: a real host' }
    $serviceLack = if ($lack) { $lack } elseif (-not (Get-Service vmcompute -ErrorAction Ignore)) {
        'Needs Windows with the Containers feature: there is no service vmcompute'
    }

    $layerLack = if ($serviceLack) { $serviceLack } elseif (-not $ParentLayer) {
        'Needs Windows with a layer: -ParentLayer'
    }

    $imageLack = if ($serviceLack) { $serviceLack } elseif (-not $Image) { 'Needs Windows with an image: -Image' }

    # Assumptions that both schemas share are tested for each schema.
    $schemas = foreach ($schema in 1, 2) {
        $document = Get-Variable "Schema${schema}Document" -ValueOnly
        @{
            Schema   = $schema
            Library  = ('vmcompute', 'computecore')[$schema - 1]
            Document = $document
            Lack     = if ($serviceLack) { $serviceLack } elseif (-not $document) {
                "Needs Windows with a container to start: -Schema${schema}Document"
            }
        }
    }
}

BeforeAll {
    $manifest = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'HcsPowerShell', 'HcsPowerShell.psd1')
    Import-Module $manifest
    $answers = New-Object System.Collections.ArrayList

    # Adds a question without a known answer, and the answer of this host.
    function Add-Answer([string] $Question, $Answer) {
        $null = $answers.Add([pscustomobject]@{ Question = $Question; Answer = "$Answer" })
    }

    # Returns the code behind an error and the function that returned it, or 'no error'.
    function Get-Code([scriptblock] $Action) {
        try {
            $null = & $Action
            'no error'
        }
        catch {
            '0x{0:X8} from {1}' -f $_.Exception.HResult, $_.Exception.Function
        }
    }

    # Runs a script in a new PowerShell of the same edition, and returns its output.
    function Invoke-Fresh([string] $Script, [string[]] $Argument) {
        $file = Join-Path $TestDrive 'fresh.ps1'
        Set-Content -LiteralPath $file -Value $Script
        $program = Join-Path $PSHOME (('pwsh.exe', 'powershell.exe')[$PSVersionTable.PSEdition -eq 'Desktop'])
        & $program -NoProfile -ExecutionPolicy Bypass -File $file @Argument 2>&1
    }
}

AfterAll {
    $report = @("Windows $([Environment]::OSVersion.Version), PowerShell $($PSVersionTable.PSVersion)") +
        @($answers | ForEach-Object { '{0,-80} {1}' -f $_.Question, $_.Answer })
    if ($answers.Count) {
        $report | ForEach-Object { Write-Information $_ -InformationAction Continue }
    }

    if ($ReportPath) {
        Set-Content -LiteralPath $ReportPath -Value $report -Encoding UTF8
    }
}

Describe 'The module on Windows' -ForEach @{ Lack = $lack } {
    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    It 'loads its own System.Text.Json in Windows PowerShell 5.1, and in PowerShell 7 the one that is there' {
        $null = ConvertTo-HcsJson @{ Name = 'web' }
        $json = @([AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Name -eq 'System.Text.Json' })
        $json.Count | Should -Be 1
        $own = Join-Path (Split-Path (Get-Module HcsPowerShell).Path) net472
        (Split-Path $json[0].Location) -eq $own | Should -Be ($PSVersionTable.PSEdition -eq 'Desktop')
    }

    It 'loads no library of HCS before a command needs it' {
        $loaded = Invoke-Fresh 'Import-Module $args[0]; (Get-Process -Id $PID).Modules.ModuleName' $manifest
        $loaded | Where-Object { $_ -match '^(vmcompute|computecore)\.dll$' } | Should -BeNullOrEmpty
    }

    It 'loads the libraries of HCS from System32' {
        $script = '$null = Get-HcsHost; (Get-Process -Id $PID).Modules.FileName'
        $loaded = Invoke-Fresh "Import-Module `$args[0]; Connect-HcsHost -Local; $script" $manifest |
            Where-Object { $_ -match '\\(vmcompute|computecore)\.dll$' }
        if ($loaded) {
            Split-Path $loaded | Select-Object -Unique | Should -Be ([Environment]::SystemDirectory)
        }
        else {
            Add-Answer 'Libraries of HCS that Get-HcsHost has loaded' 'none'
        }
    }

    It 'refuses a second version in one session with one error that says to restart PowerShell' {
        $other = Join-Path $TestDrive 'other'
        Copy-Item -LiteralPath (Split-Path $manifest) -Destination $other -Recurse
        $copy = Join-Path $other 'HcsPowerShell.psd1'
        (Get-Content -LiteralPath $copy -Raw) -replace "(ModuleVersion\s*=\s*)'[^']+'", "`$1'99.0.0'" |
            Set-Content -LiteralPath $copy
        $script = 'Import-Module $args[0]; Import-Module $args[1] -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed.Count; "$($failed[0])"'
        $count, $message = Invoke-Fresh $script $manifest, $copy
        $count | Should -Be 1
        "$message" | Should -BeLike '*restart PowerShell*'
    }

    It 'gives objects whose times come back from another process as their properties, DateTime among them' {
        $sample = [pscustomobject]@{ Timestamp = [DateTimeOffset]::Now }
        $twin = [System.Management.Automation.PSSerializer]::Deserialize(
            [System.Management.Automation.PSSerializer]::Serialize($sample))
        Add-Answer 'Type of a DateTimeOffset that came from another process' $twin.Timestamp.PSObject.TypeNames[0]
        $twin.Timestamp.DateTime | Should -BeOfType datetime
    }

    It 'has no consoles on the embedded host, and says so' {
        Connect-HcsHost -Embedded -Name live-embedded
        try {
            $web = New-HcsContainer web -Start
            { Start-HcsProcess $web cmd -EmulateConsole -ErrorAction Stop } | Should -Throw -ErrorId 'Hcs*'
        }
        finally {
            Disconnect-HcsHost live-embedded -Confirm:$false
        }
    }

    It 'ends the processes of the embedded host with the PowerShell process, however that ends' {
        $script = 'Import-Module $args[0]; Connect-HcsHost -Embedded -Name gone
            (New-HcsContainer web -Start | Start-HcsProcess -CommandLine "ping -n 1000 127.0.0.1").ProcessId
            [Diagnostics.Process]::GetCurrentProcess().Kill()'
        $id = Invoke-Fresh $script $manifest | Select-Object -First 1
        $id | Should -Match '^\d+$'
        Wait-Process -Id $id -Timeout 30 -ErrorAction Ignore
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'The Host Compute Service' -ForEach @{ Lack = $serviceLack } {
    BeforeAll {
        if (-not $Lack) {
            $core = Connect-HcsHost -Local -Api ComputeCore -PassThru
            $vm = Connect-HcsHost -Local -Api VmCompute -PassThru
            Connect-HcsHost -Local
        }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    It 'is the host of a fresh session, without a warning' {
        $output = Invoke-Fresh 'Import-Module $args[0]; (Get-HcsHost 3>&1).Kind' $manifest
        $output | Should -Be 'Local'
    }

    It 'tells its schema versions, 2.1 among them' {
        $shown = Get-HcsHost
        Add-Answer 'Libraries' ($shown.Api -join ', ')
        Add-Answer 'Schema versions' ($shown.SchemaVersions -join ', ')
        Add-Answer 'The caller is elevated' $shown.IsElevated
        $shown.Kind | Should -Be 'Local'
        $shown.SchemaVersions | Should -Contain '2.1'
    }

    It 'tells the build of this Windows, whatever the manifest of PowerShell says' {
        $current = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
        (Get-HcsHost).OSVersion.Build | Should -Be $current.CurrentBuildNumber
        Add-Answer 'Version of this Windows' (Get-HcsHost).OSVersion
    }

    It 'answers for its properties through vmcompute too' {
        { Get-HcsHost -HcsHost $vm -ErrorAction Stop } | Should -Not -Throw
        Add-Answer 'Schema versions, asked through vmcompute' ((Get-HcsHost -HcsHost $vm).SchemaVersions -join ', ')
    }

    It 'lists the same systems through both libraries' {
        $ids = Get-HcsContainer -HcsHost $vm | Sort-Object Id | ForEach-Object Id
        Get-HcsContainer -HcsHost $core | Sort-Object Id | ForEach-Object Id | Should -Be $ids
    }

    It 'answers an unknown id with 0x8037010E through computecore and 0xC037010E through vmcompute' {
        Get-Code { Get-HcsProcess -Id hcsps-live-unknown -HcsHost $core -ErrorAction Stop } |
            Should -BeLike '0x8037010E *'
        Get-Code { Get-HcsProcess -Id hcsps-live-unknown -HcsHost $vm -ErrorAction Stop } |
            Should -BeLike '0xC037010E *'
    }

    It 'refuses a container without layers, and nothing is left' {
        Add-Answer 'A container without layers, vmcompute' (
            Get-Code { New-HcsContainer hcsps-live-bare -ErrorAction Stop })
        Add-Answer 'A container without layers, computecore' (
            Get-Code { New-HcsContainer hcsps-live-bare -SchemaVersion 2 -ErrorAction Stop })
        Get-HcsContainer 'hcsps-live-bare*' | Should -BeNullOrEmpty
    }

    It 'answers a stop of an unknown id with HcsSystemNotFound' {
        { Stop-HcsContainer hcsps-live-unknown -Force -ErrorAction Stop } | Should -Throw -ErrorId 'HcsSystemNotFound*'
    }

    It 'ends a wait in a job at once with Stop-Job' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $job = Watch-HcsEvent 'hcsps-live-*' -AsJob
        Stop-Job $job
        Remove-Job $job -Force
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }
}

Describe 'A container of schema <Schema> through <Library>' -ForEach $schemas {
    BeforeAll {
        if (-not $Lack) {
            Connect-HcsHost -Local
        }

        function Add-Container([hashtable] $More = @{}) {
            New-HcsContainer -LiteralPath $Document -Id "hcsps-live-$([guid]::NewGuid())" -ErrorAction Stop @More
        }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        if (-not $Lack) { Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false }
    }

    It 'is created well before 10 s have passed: the notification comes to a callback that is registered late' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Add-Container).State | Should -Be 'Created'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'that was never started has the state Created in the list' {
        $web = Add-Container
        Add-Answer "Schema ${Schema}: a system that was never started, as the service lists it" (
            Get-HcsContainer $web.Id).Document
        (Get-HcsContainer $web.Id).State | Should -Be 'Created'
    }

    It 'is started, and its processes run with pipes that are read and written asynchronously' {
        $web = Add-Container @{ Start = $true }
        'a', 'b' | Invoke-HcsProcess $web 'findstr "^"' | Should -Be 'a', 'b'
    }

    It 'ends standard input of a process with -Close, by the request and not by the pipe alone' {
        $web = Add-Container @{ Start = $true }
        $copy = Start-HcsProcess $web 'findstr "^"' -CreateStdInPipe -CreateStdOutPipe
        Send-HcsProcessInput $copy 'hello' -Close
        Receive-HcsProcessOutput $copy -Wait -TimeoutSec 30 | Should -Be 'hello'
        (Wait-HcsProcess $copy -TimeoutSec 30).ExitCode | Should -Be 0
    }

    It 'tells the exit code of a process, one above 2^31 as a positive number' {
        $web = Add-Container @{ Start = $true }
        (Invoke-HcsProcess $web 'cmd /c exit 3' -PassThru).ExitCode | Should -Be 3
        (Invoke-HcsProcess $web 'cmd /c exit -1073741510' -PassThru).ExitCode | Should -Be 3221225786
    }

    It 'gives a command line to the process verbatim' {
        $web = Add-Container @{ Start = $true }
        Invoke-HcsProcess $web 'cmd /c echo "a  b" ^& c' | Should -Be '"a  b" & c'
    }

    It 'gives a process the environment of its document beside that of the system' {
        $web = Add-Container @{ Start = $true }
        Invoke-HcsProcess $web 'cmd /c echo %MODE%' -Environment @{ MODE = 'repair' } | Should -Be 'repair'
        Invoke-HcsProcess $web 'cmd /c echo %SystemRoot%' | Should -Match '^[A-Z]:\\'
    }

    It 'keeps the output of a very short process readable after its exit' {
        $web = Add-Container @{ Start = $true }
        $process = Start-HcsProcess $web 'cmd /c echo brief' -CreateStdOutPipe
        $null = Wait-HcsProcess $process -TimeoutSec 30
        Receive-HcsProcessOutput $process | Should -Be 'brief'
    }

    It 'lets a process be killed twice' {
        $web = Add-Container @{ Start = $true }
        $ping = Start-HcsProcess $web 'ping -n 1000 127.0.0.1'
        Stop-HcsProcess $ping -ErrorAction Stop
        { Stop-HcsProcess $ping -ErrorAction Stop } | Should -Not -Throw
        Add-Answer "Schema ${Schema}: exit code of a killed process" $ping.ExitCode
    }

    It 'answers a process id that has exited with HcsElementNotFound' {
        $web = Add-Container @{ Start = $true }
        $id = (Start-HcsProcess $web 'cmd /c exit 0' | Wait-HcsProcess -TimeoutSec 30).ProcessId
        { Get-HcsProcess $web 4294967292 -ErrorAction Stop } | Should -Throw -ErrorId 'HcsElementNotFound*'
        Add-Answer "Schema ${Schema}: id of a process that has exited" (
            Get-Code { Get-HcsProcess $web.Id $id -ErrorAction Stop })
    }

    It 'gives a console, of the size asked for, to a process that keeps it until its input ends' {
        $web = Add-Container @{ Start = $true }
        $shell = Start-HcsProcess $web cmd -EmulateConsole -ConsoleSize 25, 80 -CreateStdOutPipe
        { Resize-HcsConsole $shell -Width 120 -Height 40 -ErrorAction Stop } | Should -Not -Throw
        Send-HcsProcessInput $shell 'exit 7'
        (Wait-HcsProcess $shell -TimeoutSec 30).ExitCode | Should -Be 7
    }

    It 'is asked to shut down, and ends as GracefulExit' {
        $web = Add-Container @{ Start = $true }
        $stopped = Stop-HcsContainer $web -PassThru -ErrorAction Stop
        Add-Answer "Schema ${Schema}: exit document after a shutdown" $stopped.ExitStatus.Document
        $stopped.ExitType | Should -Be 'GracefulExit'
    }

    It 'is terminated with -Force, and ends as ForcedExit' {
        $web = Add-Container @{ Start = $true }
        $stopped = Stop-HcsContainer $web -Force -Confirm:$false -PassThru -ErrorAction Stop
        Add-Answer "Schema ${Schema}: exit document after a termination" $stopped.ExitStatus.Document
        $stopped.ExitType | Should -Be 'ForcedExit'
    }

    It 'tells its exit to all who wait, early and late' {
        $web = Add-Container @{ Start = $true }
        $jobs = 1..3 | ForEach-Object { Wait-HcsContainer $web -AsJob }
        Stop-HcsContainer $web -Force -Confirm:$false
        ($jobs | Wait-Job -Timeout 30 | Receive-Job).ContainerId | Should -Be $web.Id, $web.Id, $web.Id
        $jobs | Remove-Job -Force
        (Wait-HcsContainer $web -TimeoutSec 0).ContainerId | Should -Be $web.Id
    }

    It 'tells its exit to another session that had opened it' {
        $web = Add-Container @{ Start = $true }
        $script = 'Import-Module $args[0]; "ready"; (Wait-HcsContainer $args[1] -TimeoutSec 60).ExitType'
        $job = Start-Job -ArgumentList $manifest, $web.Id -ScriptBlock ([scriptblock]::Create($script))
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        do { $line = Receive-Job $job } until ($line -or [DateTime]::UtcNow -gt $deadline)
        Start-Sleep -Seconds 5
        Stop-HcsContainer $web -Force -Confirm:$false
        $job | Wait-Job -Timeout 60 | Receive-Job | Should -Be 'ForcedExit'
        Remove-Job $job -Force
    }

    It 'frees those who wait for its processes when it ends' {
        $web = Add-Container @{ Start = $true }
        $ping = Start-HcsProcess $web 'ping -n 1000 127.0.0.1'
        $job = Wait-HcsProcess $ping -AsJob
        Stop-HcsContainer $web -Force -Confirm:$false
        ($job | Wait-Job -Timeout 30).State | Should -Be 'Completed'
        Add-Answer "Schema ${Schema}: exit code of a process whose container was terminated" $ping.ExitCode
        Remove-Job $job -Force
    }

    It 'is gone once it has exited: it is in no list, and its id is HcsSystemNotFound for another session' {
        $web = Add-Container @{ Start = $true }
        Stop-HcsContainer $web -Force -Confirm:$false
        Get-HcsContainer 'hcsps-live-*' | Should -BeNullOrEmpty
        $script = 'Import-Module $args[0]
            try { Get-HcsProcess -Id $args[1] -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }'
        Invoke-Fresh $script $manifest, $web.Id | Should -BeLike 'HcsSystemNotFound*'
    }

    It 'is listed, opened and stopped by another session, whatever library created it' {
        $web = Add-Container @{ Start = $true }
        $script = 'Import-Module $args[0]
            (Get-HcsContainer $args[1]).State
            Invoke-HcsProcess -Id $args[1] "cmd /c echo hello"
            (Stop-HcsContainer $args[1] -Force -Confirm:$false -PassThru).State'
        Invoke-Fresh $script $manifest, $web.Id | Should -Be 'Running', 'hello', 'Stopped'
    }

    It 'is operated through <_> alone, whichever library created it' -ForEach 'VmCompute', 'ComputeCore' {
        $web = Add-Container @{ Start = $true }
        $forced = Connect-HcsHost -Local -Api $_ -PassThru
        try {
            $code = Get-Code { Get-HcsStatistics -Id $web.Id -HcsHost $forced -ErrorAction Stop }
            Add-Answer "Schema ${Schema}: statistics through $($forced.Name) alone" $code
            $code | Should -Be 'no error'
        }
        finally {
            Connect-HcsHost -Local
        }
    }

    It 'refuses an id that is taken and a second start, in the family of its library' {
        $web = Add-Container @{ Start = $true }
        $family = @{ vmcompute = '0xC037'; computecore = '0x8037' }[$Library]
        Get-Code { New-HcsContainer -LiteralPath $Document -Id $web.Id -ErrorAction Stop } |
            Should -BeLike "${family}010F *"
        Get-Code { Start-HcsContainer $web -ErrorAction Stop } | Should -BeLike "${family}0105 *"
    }

    It 'under process isolation cannot be paused' {
        $web = Add-Container @{ Start = $true }
        $code = Get-Code { Suspend-HcsContainer $web -ErrorAction Stop }
        Add-Answer "Schema ${Schema}: pause" $code
        $code | Should -Not -Be 'no error'
    }

    It 'has statistics whose uptime and processor time grow, and whose zero counters may be left out' {
        $web = Add-Container @{ Start = $true }
        Add-Answer "Schema ${Schema}: statistics of an idle container" (Get-HcsStatistics $web).Document
        $null = Start-HcsProcess $web 'cmd /c "for /l %i in (1,1,2000000000) do @rem"'
        $samples = @(Get-HcsStatistics $web -Continuous -SampleCount 3 -IntervalSec 1)
        $samples[2].Uptime | Should -BeGreaterThan $samples[0].Uptime
        $samples[2].TotalRuntime | Should -BeGreaterThan $samples[0].TotalRuntime
        $samples[2].CpuPercent | Should -BeGreaterThan 1
    }

    It 'lists its processes, those among them that this session started' {
        $web = Add-Container @{ Start = $true }
        $ping = Start-HcsProcess $web 'ping -n 1000 127.0.0.1'
        $listed = Get-HcsProcess $web
        Add-Answer "Schema ${Schema}: first process of the list" $listed[0].Document
        $listed.ProcessId | Should -Contain $ping.ProcessId
        ($listed | Where-Object ProcessId -EQ $ping.ProcessId).ImageName | Should -Be 'PING.EXE'
    }

    It 'reports the exit of a process and its own to those who watch' {
        $web = Add-Container
        $job = Watch-HcsEvent $web -AsJob
        Start-HcsContainer $web
        $null = Invoke-HcsProcess $web 'cmd /c exit 0'
        Stop-HcsContainer $web -Force -Confirm:$false
        $types = ($job | Wait-Job -Timeout 60 | Receive-Job).Type
        Add-Answer "Schema ${Schema}: events of a life" ($types -join ' ')
        $types | Should -Contain 'ProcessExited'
        $types[-1] | Should -Be 'SystemExited'
        Remove-Job $job -Force
    }

    It 'ends with the last handle on it where TerminateOnLastHandleClosed is set' {
        $member = ('TerminateOnLastHandleClosed', 'ShouldTerminateOnLastHandleClosed')[$Schema - 1]
        $web = Add-Container @{ AdditionalJson = "{`"$member`":true}"; Start = $true }
        Close-HcsContainer $web
        $deadline = [DateTime]::UtcNow.AddSeconds(30)
        while ((Get-HcsContainer "$($web.Id)*") -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 200 }
        Get-HcsContainer "$($web.Id)*" | Should -BeNullOrEmpty
    }

    It 'goes on when the session closes its handle' {
        $web = Add-Container @{ Start = $true }
        Close-HcsContainer $web
        Start-Sleep -Seconds 2
        (Get-HcsContainer $web.Id).State | Should -Be 'Running'
    }

    It 'has an id of any characters, compared without case' {
        $id = "hcsps-live-gr$([char] 0xF6)$([char] 0xDF)e [1] $([guid]::NewGuid())"
        $null = New-HcsContainer -LiteralPath $Document -Id $id -ErrorAction Stop
        $found = @(Get-HcsContainer | Where-Object Id -EQ $id)
        $found.Count | Should -Be 1
        Add-Answer "Schema ${Schema}: the id in capitals" (
            Get-Code { New-HcsContainer -LiteralPath $Document -Id $id.ToUpperInvariant() -ErrorAction Stop })
    }

    It 'answers whether updates wait' {
        $web = Add-Container @{ Start = $true }
        Test-HcsPendingUpdate $web -ErrorAction Stop | Should -BeOfType bool
    }
}

Describe 'A document of schema <Schema>' -ForEach $schemas {
    BeforeAll {
        if (-not $Lack) { Connect-HcsHost -Local }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
    }

    AfterEach {
        if (-not $Lack) { Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false }
    }

    It 'may have member names in another case' {
        $more = ('{"hostname":"hcspslive"}', '{"container":{"guestos":{"hostname":"hcspslive"}}}')[$Schema - 1]
        $web = New-HcsContainer -LiteralPath $Document -Id hcsps-live-case -AdditionalJson $more -Start
        Invoke-HcsProcess $web 'cmd /c echo %COMPUTERNAME%' | Should -Be 'hcspslive'
    }

    It 'may have members that the service does not know (answered, not believed)' {
        Add-Answer "Schema ${Schema}: a member that the service does not know" (Get-Code {
            New-HcsContainer -LiteralPath $Document -Id hcsps-live-future `
                -AdditionalJson '{"FutureMember":1}' -ErrorAction Stop })
    }

    It 'is taken by the other library as well (answered, not believed)' {
        $other = ('ComputeCore', 'VmCompute')[$Schema - 1]
        $forced = Connect-HcsHost -Local -Api $other -PassThru
        try {
            Add-Answer "Schema $Schema through $other" (Get-Code {
                New-HcsContainer -LiteralPath $Document -Id hcsps-live-forced -HcsHost $forced -ErrorAction Stop })
        }
        finally {
            Connect-HcsHost -Local
        }
    }

    It 'has memory that can be changed while the container runs, in schema 2' {
        if ($Schema -ne 2) { Set-ItResult -Skipped -Because 'Needs Windows with a container of schema 2' }
        $web = New-HcsContainer -LiteralPath $Document -Id hcsps-live-memory -Start -ErrorAction Stop
        $request = @{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 512 }
        { Set-HcsContainer $web -Request $request -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'An image of this host' -ForEach @{ Lack = $imageLack; Name = $Image } {
    It 'becomes a container with a scratch of its own, and one on a scratch that is kept' {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        Connect-HcsHost -Local
        $app = Join-Path $TestDrive "hcsps-live-$([guid]::NewGuid())"
        try {
            $web = New-HcsContainer hcsps-live-web -Image $Name -StorageSandboxSize 40GB -Start -ErrorAction Stop
            $scratch = Get-HcsLayer $web.LayerFolderPath
            $scratch.VolumePath | Should -Not -BeNullOrEmpty
            $scratch.UsedBy | Should -Be 'hcsps-live-web'
            Stop-HcsContainer hcsps-live-web -Force -Confirm:$false
            Test-Path -LiteralPath $scratch.Path | Should -BeFalse

            $null = New-HcsLayer $app -ParentLayer (Get-HcsImage $Name) -ErrorAction Stop
            $container = Mount-HcsLayer $app | New-HcsContainer -Id hcsps-live-app -Start -ErrorAction Stop
            Invoke-HcsProcess $container 'cmd /c echo made> C:\made.txt' -ErrorAction Stop
            { Remove-HcsLayer $app -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayerInUse*'
            Stop-HcsContainer hcsps-live-app -Force -Confirm:$false
            1..2 | ForEach-Object { Dismount-HcsLayer $app -ErrorAction Stop }

            $again = New-HcsContainer hcsps-live-app2 -Image $Name -LayerFolderPath $app -Start -ErrorAction Stop
            Invoke-HcsProcess $again 'cmd /c type C:\made.txt' | Should -Be 'made'
        }
        finally {
            Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false
            if (Test-Path -LiteralPath $app) { Remove-HcsLayer $app }
        }
    }
}

Describe 'A network of this host' -ForEach @{ Lack = $imageLack; Name = $Image } {
    It 'lets a container be reached by a port of the host, and ends with it' {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        Connect-HcsHost -Local
        $nat = Get-HcsNetwork nat -ErrorAction Ignore
        $made = if (-not $nat) { New-HcsNetwork nat -ErrorAction Stop }
        try {
            $web = New-HcsContainer hcsps-live-web -Image $Name -Network nat -PortMapping 8080:80 -Start -ErrorAction Stop
            $null = Start-HcsProcess $web -ErrorAction Stop
            $endpoint = Get-HcsEndpoint -Container hcsps-live-web
            $endpoint.PortMapping | Should -Be '8080:80/tcp'
            $address = (Get-NetIPAddress -AddressFamily IPv4 |
                Where-Object { $_.InterfaceAlias -notmatch 'Loopback|vEthernet' })[0].IPAddress
            Add-Answer 'A mapped port is reached by the address of the host' (
                Invoke-WebRequest "http://${address}:8080" -UseBasicParsing -TimeoutSec 60).StatusCode

            $again = { New-HcsContainer hcsps-live-two -Image $Name -Network nat -PortMapping 8080:80 -ErrorAction Stop }
            $again | Should -Throw -ErrorId 'HcsPortAlreadyMapped*' -ExpectedMessage '*hcsps-live-web*'
            @(Get-HcsLayer).Count | Should -Be 1

            (Get-HcsStatistics hcsps-live-web).Network[0].BytesReceived | Should -BeGreaterThan 0
            $second = New-HcsEndpoint hcsps-live-second -Network nat -ErrorAction Stop
            Connect-HcsEndpoint $second hcsps-live-web -ErrorAction Stop
            Disconnect-HcsEndpoint $second hcsps-live-web -ErrorAction Stop
            Remove-HcsEndpoint $second -ErrorAction Stop
            Stop-HcsContainer hcsps-live-web -Force -Confirm:$false
            Get-HcsEndpoint 'hcsps-live-*' | Should -BeNullOrEmpty
        }
        finally {
            Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false
            Get-HcsEndpoint 'hcsps-live-*' | Remove-HcsEndpoint -Force
            if ($made) { Remove-HcsNetwork nat -Confirm:$false }
        }
    }
}

# The smallest machine that HCS accepts: firmware alone, so it boots nothing and writes nothing.
Describe 'A virtual machine of schema 2' -ForEach @{ Lack = $serviceLack } {
    BeforeEach { if ($Lack) { Set-ItResult -Skipped -Because $Lack } }

    BeforeAll {
        function New-Machine([string] $Id) {
            New-HcsContainer -Id $Id -Start -ErrorAction Stop -Configuration @{
                SchemaVersion  = @{ Major = 2; Minor = 1 }
                Owner          = 'HcsPowerShell'
                VirtualMachine = @{
                    Chipset         = @{ Uefi = @{} }
                    ComputeTopology = @{ Memory = @{ SizeInMB = 512 }; Processor = @{ Count = 1 } }
                }
            }
        }
    }

    AfterEach { if (-not $Lack) { Get-HcsContainer 'hcsps-live-vm*' | Stop-HcsContainer -Force -Confirm:$false } }

    It 'shows its memory and processors when it is named' {
        $null = New-Machine hcsps-live-vm-details
        $machine = Get-HcsContainer hcsps-live-vm-details -ErrorAction Stop
        $machine | Should -BeOfType HcsPowerShell.HcsVirtualMachine
        Add-Answer 'Memory of a machine of 512 MB with one processor' (
            "assigned $($machine.AssignedMemoryBytes), reserved $($machine.ReservedMemoryBytes), " +
            "available $($machine.AvailableMemory), processors $($machine.ProcessorCount)")
        if ($null -ne $machine.AssignedMemoryBytes) { $machine.AssignedMemoryBytes | Should -BeLessOrEqual 512MB }
    }

    It 'is saved to a file that is made for it, and has ended then' {
        $file = [IO.Path]::Combine($TestDrive, 'hcsps-live-vm.vmrs')
        $saved = New-Machine hcsps-live-vm-save | Save-HcsContainer -Path $file -PassThru -ErrorAction Stop
        (Get-Item -LiteralPath $file).Length | Should -BeGreaterThan 0
        Add-Answer 'The exit of a saved machine' "$($saved.State) $($saved.ExitType)"
    }

    It 'is made to crash, and tells how it ended' {
        $crashed = New-Machine hcsps-live-vm-crash | Debug-HcsContainer -Crash -Confirm:$false -PassThru -ErrorAction Stop
        Add-Answer 'The exit of a crashed machine without an operating system' "$($crashed.State) $($crashed.ExitType)"
    }

    It 'gets access to a file before it exists, and loses it again' {
        $file = [IO.Path]::Combine($TestDrive, 'hcsps-live.iso')
        [IO.File]::WriteAllText($file, 'disk')
        $before = (Get-Acl -LiteralPath $file).Access.Count
        Grant-HcsVMAccess hcsps-live-vm-later $file -ErrorAction Stop
        (Get-Acl -LiteralPath $file).Access.Count | Should -Be ($before + 1)
        Revoke-HcsVMAccess hcsps-live-vm-later $file -ErrorAction Stop
        (Get-Acl -LiteralPath $file).Access.Count | Should -Be $before
    }

    It 'shares a file with all machines by -Group, or is refused by the name of the function' {
        $file = [IO.Path]::Combine($TestDrive, 'hcsps-live-all.iso')
        [IO.File]::WriteAllText($file, 'disk')
        $id = try {
            Grant-HcsVMAccess -Group $file -ErrorAction Stop
            Revoke-HcsVMAccess -Group $file -ErrorAction Stop
            'none'
        }
        catch {
            ($_.FullyQualifiedErrorId -split ',')[0]
        }

        $id | Should -BeIn 'none', 'HcsApiNotSupported'
    }

    It 'runs on processors that the host tells' {
        @(Get-HcsHost -ProcessorTopology -ErrorAction Stop).Count | Should -BeGreaterThan 0
        Add-Answer 'Groups of processors' @(Get-HcsHost -CpuGroup -ErrorAction SilentlyContinue).Count
    }
}

Describe 'A scratch above a layer' -ForEach @{ Lack = $layerLack; Parent = $ParentLayer } {
    BeforeAll {
        if (-not $Lack) { Connect-HcsHost -Local }
    }

    BeforeEach {
        if ($Lack) { Set-ItResult -Skipped -Because $Lack }
        $app = Join-Path $TestDrive "hcsps-live-$([guid]::NewGuid())"
        $made = New-HcsLayer $app -ParentLayer $Parent -ErrorAction Stop
    }

    AfterEach {
        if (-not $Lack) {
            Get-HcsContainer 'hcsps-live-*' | Stop-HcsContainer -Force -Confirm:$false
            $made | Dismount-HcsLayer
            $made | Remove-HcsLayer
        }
    }

    It 'is made, and its parents end with a base layer' {
        $made.Kind | Should -Be 'Scratch'
        $made.Parents[0] | Should -Be $Parent
        (Get-HcsLayer $made.Parents[-1]).Kind | Should -Be 'Base'
        Add-Answer 'Kind, version and utility VM of a base layer' (
            Get-HcsLayer $made.Parents[-1] | Select-Object Kind, OSVersion, HasUtilityVM)
    }

    It 'shows the files of the layers below it where it is mounted' {
        $mounted = Mount-HcsLayer $app -ErrorAction Stop
        $mounted.VolumePath | Should -Match '^\\\\\?\\Volume\{[-0-9a-f]+\}$'
        $mounted.Layers.Path | Should -Be $made.Parents
        Test-Path -LiteralPath (Join-Path $mounted.VolumePath 'Windows\System32\cmd.exe') | Should -BeTrue
        (Get-HcsLayer $app).VolumePath | Should -Be $mounted.VolumePath
    }

    It 'fits its host when it is mounted, by -OnHost' {
        $mounted = Mount-HcsLayer $app -ErrorAction Stop
        $document = @{ LayerFolderPath = $app; VolumePath = $mounted.VolumePath; Layers = $mounted.Layers }
        Test-HcsConfiguration $document -OnHost -Detailed | ForEach-Object Message | Should -BeNullOrEmpty
    }

    It 'is the storage of a container of schema <_>, which keeps what was written' -ForEach 1, 2 {
        $mounted = Mount-HcsLayer $app -ErrorAction Stop
        $web = $mounted | New-HcsContainer -Id hcsps-live-layer -SchemaVersion $_ -Start -ErrorAction Stop
        Invoke-HcsProcess $web 'cmd /c echo made> C:\made.txt' -ErrorAction Stop
        Stop-HcsContainer $web -Force -Confirm:$false
        Dismount-HcsLayer $app -ErrorAction Stop
        $again = Mount-HcsLayer $app -ErrorAction Stop
        Get-Content -LiteralPath (Join-Path $again.VolumePath 'made.txt') | Should -Be 'made'
    }

    It 'is dismounted twice without an error' {
        $null = Mount-HcsLayer $app -ErrorAction Stop
        { 1..2 | ForEach-Object { Dismount-HcsLayer $app -ErrorAction Stop } } | Should -Not -Throw
        (Get-HcsLayer $app).VolumePath | Should -BeNullOrEmpty
    }

    It 'is mounted once: a second Mount-HcsLayer is refused' {
        $null = Mount-HcsLayer $app -ErrorAction Stop
        { Mount-HcsLayer $app -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayerInUse*'
    }

    It 'is not removed while it is mounted, nor while a container uses it' {
        $mounted = Mount-HcsLayer $app -ErrorAction Stop
        { Remove-HcsLayer $app -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayerInUse*'
        $null = $mounted | New-HcsContainer -Id hcsps-live-layer -Start -ErrorAction Stop
        { Remove-HcsLayer $app -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayerInUse*'
        { Dismount-HcsLayer $app -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayerInUse*'
    }

    It 'is made for a container on folders, and goes with it' {
        $web = New-HcsContainer hcsps-live-own -Layer $Parent -StorageSandboxSize 40GB -Start -ErrorAction Stop
        $scratch = Get-HcsLayer $web.LayerFolderPath
        $scratch.UsedBy | Should -Be 'hcsps-live-own'
        $scratch.VolumePath | Should -Not -BeNullOrEmpty
        Invoke-HcsProcess $web 'cmd /c echo made> C:\made.txt' -ErrorAction Stop
        Restart-HcsContainer $web -Force -ErrorAction Stop
        Invoke-HcsProcess $web 'cmd /c type C:\made.txt' | Should -Be 'made'
        Stop-HcsContainer $web -Force -Confirm:$false
        Test-Path -LiteralPath $scratch.Path | Should -BeFalse
        Get-HcsLayer -Orphaned | Should -BeNullOrEmpty
        Add-Answer 'The folder of records and its rights' (
            (Get-Acl "$env:ProgramData\HcsPowerShell").Sddl)
    }

    It 'is used by a container on folders, and keeps what was written' {
        $web = New-HcsContainer hcsps-live-own -Layer $Parent -LayerFolderPath $app -Start -ErrorAction Stop
        Invoke-HcsProcess $web 'cmd /c echo made> C:\made.txt' -ErrorAction Stop
        Stop-HcsContainer $web -Force -Confirm:$false
        (Get-HcsLayer $app).VolumePath | Should -BeNullOrEmpty
        $mounted = Mount-HcsLayer $app -ErrorAction Stop
        Get-Content -LiteralPath (Join-Path $mounted.VolumePath 'made.txt') | Should -Be 'made'
    }

    It 'of a session that was killed is orphaned when its container has gone' {
        $program = (Get-Process -Id $PID).Path
        $module = (Get-Module HcsPowerShell).Path
        $script = "Import-Module '$module'; Connect-HcsHost -Local;" +
            " New-HcsContainer hcsps-live-own -Layer '$Parent' -TerminateOnLastHandleClosed -Start -ErrorAction Stop; Start-Sleep 600"
        $session = Start-Process $program -ArgumentList '-NoProfile', '-Command', $script -PassThru -WindowStyle Hidden
        try {
            $limit = [datetime]::Now.AddMinutes(5)
            while (-not (Get-HcsContainer hcsps-live-own*) -and [datetime]::Now -lt $limit) { Start-Sleep 1 }
        }
        finally {
            $session | Stop-Process -Force
        }

        Start-Sleep 5
        $left = Get-HcsLayer -Orphaned
        $left | Should -Not -BeNullOrEmpty
        $left | Remove-HcsLayer -ErrorAction Stop
        Test-Path -LiteralPath $left.Path | Should -BeFalse
    }

    It 'runs a process in the virtual machine that hosts a container, and in no other' {
        if (-not (Test-Path -LiteralPath (Join-Path $Parent UtilityVM))) {
            Set-ItResult -Skipped -Because 'Needs Windows with Hyper-V and a layer with a utility virtual machine: -ParentLayer'
        }

        $hosted = New-HcsContainer hcsps-live-hosted -Layer $Parent -HvPartition -HostName hosted -Start -ErrorAction Stop
        $there = Invoke-HcsProcess $hosted hostname -HostingSystem -PassThru -ErrorAction Stop
        $there.StandardOutput | Should -Not -Be (Invoke-HcsProcess $hosted hostname -ErrorAction Stop)
        Add-Answer 'The machine that hosts a container' "$($there.StandardOutput) $($there.ExitCode)"
        Stop-HcsContainer $hosted -Force -Confirm:$false

        $plain = New-HcsContainer hcsps-live-plain -Layer $Parent -Start -ErrorAction Stop
        { Invoke-HcsProcess $plain hostname -HostingSystem -ErrorAction Stop } | Should -Throw -ErrorId 'HcsNotHosted*'
    }

    It 'leaves the layer of another program alone' {
        if ($Parent -notmatch '\\(docker|containerd)\\') {
            Set-ItResult -Skipped -Because 'Needs Windows with a layer of Docker or containerd: -ParentLayer'
        }

        { Remove-HcsLayer $Parent -Force -ErrorAction Stop } | Should -Throw -ErrorId 'HcsLayer*'
        Test-Path -LiteralPath $Parent | Should -BeTrue
    }
}

# .NET Framework may load a second assembly of the same name, or return the first one; PowerShell 7 does neither.
Describe 'A second copy of the module' -ForEach @{ Lack = $lack } {
    BeforeEach { if ($Lack) { Set-ItResult -Skipped -Because $Lack } }

    BeforeAll {
        $script:root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $script:first = [IO.Path]::Combine($script:root, 'out', 'HcsPowerShell')

        # Imports one copy after the other in a new process, and returns its output.
        function Get-Refusal([string] $Shell, [string] $Second) {
            & $Shell -NoProfile -NonInteractive -Command @"
                `$ErrorActionPreference = 'Stop'
                Import-Module '$script:first\HcsPowerShell.psd1'
                `$error.Clear()
                try { Import-Module '$Second\HcsPowerShell.psd1' } catch { "`$_" }
                `$error.Count
                (Get-Command Get-HcsHost).Module.ModuleBase
                @(Get-TypeData HcsPowerShell.HcsContainer).Count
"@
        }
    }

    It 'of the same version is refused in one sentence by <Shell>' -ForEach @(@{ Shell = 'powershell' }, @{ Shell = 'pwsh' }) {
        if (-not (Get-Command $Shell -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because "Needs Windows with $Shell"
        }

        $folder = [IO.Path]::Combine($TestDrive, $Shell)
        $null = New-Item -ItemType Directory -Path $folder
        Copy-Item -LiteralPath $script:first -Destination $folder -Recurse
        $second = [IO.Path]::Combine($folder, 'HcsPowerShell')
        $said = @(Get-Refusal $Shell $second)
        $said[0] | Should -BeLike "Restart PowerShell to import HcsPowerShell * from '$second': *"
        $said[1..3] | Should -Be @('1', $script:first, '1')
    }

    It 'of another version is refused in one sentence by <Shell>' -ForEach @(@{ Shell = 'powershell' }, @{ Shell = 'pwsh' }) {
        foreach ($program in $Shell, 'dotnet') {
            if (-not (Get-Command $program -CommandType Application -ErrorAction Ignore)) {
                Set-ItResult -Skipped -Because "Needs Windows with $program"
            }
        }

        $second = [IO.Path]::Combine($TestDrive, 'other', $Shell, 'HcsPowerShell')
        $artifacts = [IO.Path]::Combine($TestDrive, 'artifacts')
        dotnet build ([IO.Path]::Combine($script:root, 'src', 'HcsPowerShell')) --artifacts-path $artifacts -property:Version=99.0.0 "-property:StagedModule=$second\"
        $LASTEXITCODE | Should -Be 0
        $said = @(Get-Refusal $Shell $second)
        $said[0] | Should -BeLike "Restart PowerShell to import HcsPowerShell 99.0.0 from '$second': *"
        $said[1..3] | Should -Be @('1', $script:first, '1')
    }
}
