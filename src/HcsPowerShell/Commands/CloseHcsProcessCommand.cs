using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Releases this session's handles to processes and their pipes, with the unread output in them (hcsshim <c>Close</c>).
/// The processes continue; a process that writes to a closed pipe fails at that.
/// </summary>
[Cmdlet(VerbsCommon.Close, "HcsProcess", SupportsShouldProcess = true, DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Close-HcsProcess.md")]
[OutputType(typeof(HcsProcess))]
public sealed class CloseHcsProcessCommand : HcsProcessCommand
{
    /// <summary>Writes the process to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "close";

    private protected override void Act(ProcessTarget target)
    {
        if (target.Tracked is not { } tracked || !HoldsAnything(tracked))
        {
            WriteVerbose($"This session holds no handle on {target}.");
        }
        else if (Approve(target, "Close"))
        {
            Guard(Attempt(target), target.ProcessId, tracked.Close);
        }

        if (PassThru)
        {
            WriteObject(target.Describe());
        }
    }

    private static bool HoldsAnything(TrackedProcess tracked) =>
        !tracked.IsClosed && (tracked.IsOpen || tracked.Stdio != ProcessStdio.None);
}
