using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Resizes the console of processes started with -EmulateConsole (hcsshim <c>ResizeConsole</c>).</summary>
[Cmdlet(VerbsCommon.Resize, "HcsConsole", SupportsShouldProcess = true, DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Resize-HcsConsole.md")]
[OutputType(typeof(HcsProcess))]
public sealed class ResizeHcsConsoleCommand : HcsProcessCommand
{
    /// <summary>Width in characters.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, ushort.MaxValue)]
    [NotBlank]
    public ushort Width { get; set; }

    /// <summary>Height in characters.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, ushort.MaxValue)]
    [NotBlank]
    public ushort Height { get; set; }

    /// <summary>Writes the process to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "resize the console of";

    private protected override void Act(ProcessTarget target)
    {
        if (Approve(target, $"Resize the console to {Width} x {Height}"))
        {
            Dispatch(Attempt(target), target.ProcessId, (output, deadline) => ResizeAsync(target, output, deadline));
        }
    }

    private async Task ResizeAsync(ProcessTarget target, ICommandOutput output, Deadline deadline)
    {
        TrackedProcess tracked = await target.TrackAsync(deadline).ConfigureAwait(false);
        await tracked.Handle.ResizeConsoleAsync(Width, Height, deadline).ConfigureAwait(false);
        if (PassThru)
        {
            output.Object(target.Describe());
        }
    }
}
