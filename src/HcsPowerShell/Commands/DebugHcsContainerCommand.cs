using System;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Makes the operating system of a virtual machine crash, so that it writes a dump (HcsCrashComputeSystem).
/// </summary>
[Cmdlet(VerbsDiagnostic.Debug, "HcsContainer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = IdSet, HelpUri = HelpPages.Address + "Debug-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class DebugHcsContainerCommand : HcsContainerChangeCommand
{
    private const string CrashReporting = "\"GuestCrashReporting\"";

    /// <summary>Crashes the guest. What it has not written to its disks is lost.</summary>
    [Parameter(Mandatory = true)]
    [NotBlank]
    public SwitchParameter Crash { get; set; }

    private protected override string Verb => "crash";

    private protected override void Act(ContainerTarget target)
    {
        if (Crash && Approve(target, "Crash"))
        {
            Dispatch(Attempt(target), target.Id, (output, deadline) => CrashAsync(target, output, deadline));
        }
    }

    private async Task CrashAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        MachineTarget machine = await MachineTarget.OpenAsync(target, deadline).ConfigureAwait(false);
        if (machine.Tracked.CreatedFrom is not { } from)
        {
            output.Verbose($"Whether {target} writes a dump is not known: this session has not created it.");
        }
        else if (!ReportsCrash(from))
        {
            output.Warning($"{target} writes no dump: its document has no VirtualMachine.Devices.GuestCrashReporting.");
        }

        await machine.Tracked.Handle.CrashAsync(deadline).ConfigureAwait(false);
        await ContainerEnd.SeesExitAsync(machine.Tracked.Exited, deadline.Stop).ConfigureAwait(false);
        if (PassThru)
        {
            output.Object(machine.Describe());
        }
    }

    private static bool ReportsCrash(CreatedFrom from) =>
        from.Document.IndexOf(CrashReporting, StringComparison.OrdinalIgnoreCase) >= 0;
}
