using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Saves a virtual machine, or a container with Hyper-V isolation, to a file and ends it (HcsSaveComputeSystem).
/// </summary>
[Cmdlet(VerbsData.Save, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Save-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class SaveHcsContainerCommand : HcsContainerChangeCommand
{
    private string _file = string.Empty;
    private string? _savedId;

    /// <summary>The file to make; its folder exists. Wildcards are allowed when they match exactly one file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replaces a file that exists, once the machine is saved.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    private protected override string Verb => "save";

    private protected override string Activity => "Saving a virtual machine";

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        try
        {
            _file = OutputFile.Resolve(SessionState, Path, isLiteral: false, noClobber: !Force);
        }
        catch (System.Exception e) when (e is IOException or SessionStateException)
        {
            ThrowTerminatingError(HcsErrors.FileNotWritable(e, Path));
        }
    }

    private protected override void Act(ContainerTarget target)
    {
        if (_savedId is { } first)
        {
            Guard(Attempt(target), target.Id, () => throw new IOException(
                $"'{_file}' is for container '{first}', and each is saved to a file of its own."));
        }
        else if (Approve(target, $"Save to '{_file}', and end"))
        {
            _savedId = target.Id;
            Dispatch(Attempt(target), target.Id, (output, deadline) => SaveAsync(target, output, deadline));
        }
    }

    private async Task SaveAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        MachineTarget machine = await MachineTarget.OpenAsync(target, deadline).ConfigureAwait(false);
        await new MachineSave(machine, _file, output).RunAsync(deadline).ConfigureAwait(false);
        if (PassThru)
        {
            output.Object(machine.Describe());
        }
    }
}
