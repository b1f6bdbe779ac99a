# What only virtual machines have, through the commands and served by the mock of computecore.dll: saving, crashing, the
# rights on their files, the processors of the host, and processes beside the containers that they host.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

# The bare engine has no commands for files.
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())
$null = [IO.Directory]::CreateDirectory($folder)
$file = [IO.Path]::Combine($folder, 'one.vmrs')
$refused = [int] 0x8037011C
function New-Machine([string] $Id, [hashtable] $Devices = @{}) {
    New-HcsContainer -Id $Id -Start -Configuration @{
        SchemaVersion = @{ Major = 2; Minor = 1 }; Owner = 'HcsPowerShell'; VirtualMachine = @{ Devices = $Devices }
    }
}

# The calls of a block, without the folder.
function Get-Call([scriptblock] $Block) {
    $before = [HcsPowerShell.Wine.Mock]::Record('computecore').Count
    & $Block
    $record = [HcsPowerShell.Wine.Mock]::Record('computecore')
    for ($i = $before; $i -lt $record.Count; $i++) {
        $record[$i].Replace("$folder", '').Replace([string] [IO.Path]::DirectorySeparatorChar, '')
    }
}

try {
    $machine = New-Machine one
    Assert-That 'It is a virtual machine' { $machine.SystemType } 'VirtualMachine'
    Assert-That 'One that is named shows its memory and processors' {
        $one = Get-HcsContainer one
        $one.GetType().Name
        $one.AssignedMemoryBytes
        $one.ReservedMemoryBytes
        $one.AvailableMemory
        $one.IsMemoryBalanced
        $one.VirtualNodeCount
        $one.ProcessorCount
        (Get-HcsContainer 'on*').GetType().Name
        ($machine | Get-HcsContainer).ProcessorCount
    } 'HcsVirtualMachine|1073741824|536870912|42|True|1|2|HcsVirtualMachine|2'
    Assert-That 'A list asks no machine' {
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsGetComputeSystemProperties', 1, $refused, $null)
        (Get-HcsContainer).GetType().Name
    } 'HcsContainer'
    Assert-That 'What a machine does not tell is null, and the rest is told' {
        $one = Get-HcsContainer one
        "$($one.AssignedMemoryBytes)"
        $one.ProcessorCount
    } '|2'
    Assert-That '-WhatIf saves nothing' {
        Save-HcsContainer $machine $file -WhatIf
        [IO.File]::Exists($file)
        (Get-HcsContainer one).State
    } 'False|Running'
    Assert-That 'A refused save leaves the machine running and no file' {
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsSaveComputeSystem', 2, $refused, $null)
        (Get-Failure { Save-HcsContainer $machine $file }).Id
        [IO.File]::Exists($file)
        (Get-HcsContainer one).State
    } 'HcsGuestCriticalError|False|Running'
    Assert-That 'A refused pause is no reason to resume' {
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsPauseComputeSystem', 1, $refused, $null)
        (Get-Failure { Save-HcsContainer $machine $file -WarningAction Stop }).Id
        [IO.File]::Exists($file)
    } 'HcsGuestCriticalError|False'
    Assert-That 'A file that exists is refused, and the machine not asked' {
        [IO.File]::WriteAllText($file, 'old')
        (Get-Failure { Save-HcsContainer $machine $file }).Id
        (Get-HcsContainer one).State
    } 'HcsFileNotWritable|Running'
    Assert-That 'It is there again when its replacement fails' {
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsSaveComputeSystem', 1, $refused, $null)
        (Get-Failure { Save-HcsContainer $machine $file -Force }).Id
        [IO.File]::ReadAllText($file)
        [IO.Directory]::GetFiles($folder).Count
    } 'HcsGuestCriticalError|old|1'
    Assert-That 'A machine is paused and saved to a file that it may use' {
        $saved = Save-HcsContainer $machine $file -Force -PassThru
        $saved.State
        [IO.File]::ReadAllText($file)
        [IO.Directory]::GetFiles($folder).Count
        @(Get-HcsContainer).Count
    } 'Stopped||1|0'
    [IO.File]::Delete($file)
    $null = New-Machine two
    Assert-That 'In this order' {
        (Get-Call { Save-HcsContainer two $file }).ForEach{ ($_ -split ' ')[0] }
    } 'HcsCreateEmptyRuntimeStateFile|HcsGrantVmAccess|HcsPauseComputeSystem|HcsSaveComputeSystem'
    [IO.File]::Delete($file)

    $plain = New-HcsContainer plain -SchemaVersion 2 -Start
    Assert-That 'A container without a machine is neither paused, saved nor crashed' {
        Get-Call {
            (Get-Failure { Save-HcsContainer $plain $file }).Id
            (Get-Failure { Debug-HcsContainer $plain -Crash -Confirm:$false }).Id
        }
    } 'HcsNotAMachine|HcsNotAMachine'

    $three = New-Machine three
    Assert-That 'A crash asks first' { (Get-Failure { Debug-HcsContainer three -Crash }).Id } 'HcsConfirmationRequired'
    Assert-That 'It warns that no dump is written, and crashes' {
        $warnings = Debug-HcsContainer $three -Crash -Confirm:$false -PassThru 3>&1
        "$($warnings[0])" -match 'GuestCrashReporting'
        $warnings[1].ExitType
    } 'True|UnexpectedExit'
    $four = New-Machine four @{ GuestCrashReporting = @{ WindowsCrashSettings = @{ DumpFileName = 'C:\four.dmp' } } }
    Assert-That 'It does not where a dump is written' {
        @(Debug-HcsContainer $four -Crash -Confirm:$false 3>&1).Count
    } '0'

    $uvm = New-Machine uvm
    $hosted = New-HcsContainer -Id hosted -Start -Configuration @{
        SchemaVersion = @{ Major = 2; Minor = 1 }; Owner = 'HcsPowerShell'; HostingSystemId = 'uvm'
        HostedSystem = @{ SchemaVersion = @{ Major = 2; Minor = 1 }; Container = @{} }
    }
    Assert-That 'A process starts in the system that hosts a container of schema 2' {
        $process = Start-HcsProcess $hosted 'exit 7' -HostingSystem
        $process.ContainerId
        ($process | Wait-HcsProcess).ExitCode
        Invoke-HcsProcess hosted 'echo there' -HostingSystem
        (Invoke-HcsProcess hosted 'echo there' -HostingSystem -PassThru).ContainerId
        (Invoke-HcsProcess hosted 'echo here' -PassThru).ContainerId
    } 'uvm|7|there|uvm|hosted'
    Assert-That 'A host that has ended is an error, and nothing runs in the container' {
        Stop-HcsContainer $uvm -Force -Confirm:$false
        (Get-Failure { Start-HcsProcess $hosted 'exit 0' -HostingSystem }).Id
        @(Get-HcsProcess hosted).Count
    } 'HcsSystemNotFound|0'
    Assert-That 'A container of schema 1 asks for its utility virtual machine' {
        $before = [HcsPowerShell.Wine.Mock]::Record('vmcompute').Count
        $old = New-HcsContainer -Id old -HvPartition -SchemaVersion 1 -Start
        (Invoke-HcsProcess $old 'echo there' -HostingSystem -PassThru).ContainerId
        Invoke-HcsProcess $old 'echo here'
        $record = [HcsPowerShell.Wine.Mock]::Record('vmcompute')
        for ($i = $before; $i -lt $record.Count; $i++) { $record[$i] }
    } 'old|here|HcsCreateProcess CreateInUtilityVm old'
    Assert-That 'What no virtual machine hosts is refused before a process is created' {
        foreach ($id in 'plain', 'one-more') {
            if ($id -eq 'one-more') { $null = New-Machine $id }
            $failure = Get-Failure { Invoke-HcsProcess $id 'echo x' -HostingSystem }
            $failure.Id
            $failure.Message
        }
    } (@(
            'HcsNotHosted'
            "Cannot run process 'echo' in container 'plain': it shares the kernel of its host, and no virtual machine hosts it."
            'HcsNotHosted'
            "Cannot run process 'echo' in container 'one-more': it is a virtual machine itself."
        ) -join '|')

    $a = [IO.Path]::Combine($folder, 'a.iso')
    $b = [IO.Path]::Combine($folder, 'b.iso')
    $a, $b | ForEach-Object { [IO.File]::WriteAllText($_, 'disk') }
    $before = [HcsPowerShell.Wine.Mock]::Grants()
    Assert-That 'Files are granted by wildcard' { Get-Call { Grant-HcsVMAccess web ([IO.Path]::Combine($folder, '*.iso')) } } 'HcsGrantVmAccess web a.iso|HcsGrantVmAccess web b.iso'
    Assert-That 'They are taken back by the pipeline' {
        Get-Call { $a, $b | Revoke-HcsVMAccess web }
        [HcsPowerShell.Wine.Mock]::Grants() - $before
    } 'HcsRevokeVmAccess web a.iso|HcsRevokeVmAccess web b.iso|0'
    Assert-That 'All machines have a right of their own' {
        Get-Call {
            Grant-HcsVMAccess -Group -LiteralPath $a
            Revoke-HcsVMAccess -Group $a
        }
    } 'HcsGrantVmGroupAccess a.iso|HcsRevokeVmGroupAccess a.iso'
    $c = [IO.Path]::Combine($folder, 'c.iso')
    [IO.File]::WriteAllText($c, 'disk')
    Assert-That 'What was granted is undone when one file fails, the last first' {
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsGrantVmAccess', 1, $refused, $null, 3)
        Get-Call { (Get-Failure { Grant-HcsVMAccess other $a, $b, $c }).Id }
        [HcsPowerShell.Wine.Mock]::Grants() - $before
    } (@(
            'HcsGuestCriticalError'
            'HcsGrantVmAccess other a.iso', 'HcsGrantVmAccess other b.iso', 'HcsGrantVmAccess other c.iso'
            'HcsRevokeVmAccess other b.iso', 'HcsRevokeVmAccess other a.iso', '0'
        ) -join '|')
    Assert-That 'What was taken back is granted again when one file fails' {
        Grant-HcsVMAccess other $a, $b, $c
        [HcsPowerShell.Wine.Mock]::Fault('computecore', 'HcsRevokeVmAccess', 1, $refused, $null, 3)
        (Get-Failure { Revoke-HcsVMAccess other $a, $b, $c }).Id
        [HcsPowerShell.Wine.Mock]::Grants() - $before
        Revoke-HcsVMAccess other $a, $b, $c
        [HcsPowerShell.Wine.Mock]::Grants() - $before
    } 'HcsGuestCriticalError|3|0'
    Assert-That 'Nothing is granted when one file is missing' {
        Get-Call { (Get-Failure { Grant-HcsVMAccess web $a, ([IO.Path]::Combine($folder, 'none.vhdx')) }).Id }
    } 'HcsFileNotFound'
    Assert-That '-WhatIf grants nothing' { Get-Call { Grant-HcsVMAccess web $a -WhatIf } } ''

    Assert-That 'The processors are told' {
        $processors = Get-HcsHost -ProcessorTopology
        $processors.Index
        $processors.RootVpIndex
    } '0|1|0|'
    Assert-That 'The groups of processors are told' {
        $group = Get-HcsHost -CpuGroup
        $group.LogicalProcessors
        $group.LimitPercent
    } '0|1|50'
    Assert-That 'Nothing is left' {
        Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false

        # A handle that the module keeps is closed after the exit of its container.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while (($left = [HcsPowerShell.Wine.Mock]::Left('computecore')) -and $clock.Elapsed.TotalSeconds -lt 60) {
            Start-Sleep -Milliseconds 50
        }

        $left
    } ''
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

Complete-Check
