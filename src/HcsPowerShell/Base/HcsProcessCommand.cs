using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>A command that acts on processes, which the user names by object or by container and process id.</summary>
public abstract class HcsProcessCommand : HcsCommand, IDynamicParameters
{
    internal const string ProcessSet = "Process";
    internal const string IdSet = "Id";

    private PipedStranger? _stranger;

    private protected HcsProcessCommand()
    {
    }

    /// <summary>The processes, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ProcessSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsProcess))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public virtual HcsProcess[] Process { get; set; } = [];

    /// <summary>The id of the container that the processes run in.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string ContainerId { get; set; } = string.Empty;

    /// <summary>Process ids inside the container.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("Pid")]
    [FromHere("Process")]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    [NotBlank]
    public virtual uint[] ProcessId { get; set; } = [];

    /// <summary>The verb for messages, as in "Cannot {stop} process 7 of container 'web'".</summary>
    private protected abstract string Verb { get; }

    /// <summary>The processes that the user named. Each process that cannot be used is an error.</summary>
    private protected IEnumerable<ProcessTarget> Targets
    {
        get
        {
            var targets = new ProcessTargets(this, Verb);
            return ParameterSetName == ProcessSet
                ? targets.FromObjects(Process)
                : targets.FromIds(ContainerId, ProcessId);
        }
    }

    /// <summary>
    /// The parameter for piped objects that are no processes, or for a process id that is completed at its position.
    /// </summary>
    public virtual object? GetDynamicParameters() =>
        Process.Length > 0 || ProcessId.Length > 0 ? null
        : ContainerId.Length > 0 ? new CompletedProcessId()
        : MyInvocation.ExpectingInput ? _stranger = new PipedStranger()
        : null;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == PipedStranger.ParameterSet)
        {
            object stranger = _stranger!.PipedObject!;
            string command = MyInvocation.MyCommand.Name;
            WriteError(HcsErrors.NotAProcess(
                command, stranger, $"Get-HcsProcess {TypedLine.Quote(stranger.ToString()!)} | {command}"));
            return;
        }

        foreach (ProcessTarget target in Targets)
        {
            Act(target);
        }

        BeginApproved();
    }

    private protected abstract void Act(ProcessTarget target);

    private protected string Attempt(ProcessTarget target) => $"{Verb} {target}";
}

/// <summary>
/// Completes a process id at its position before the user has typed anything of it. Until then, the engine takes the id
/// of the container for a process, and asks only the parameters that go with a process.
/// </summary>
internal sealed class CompletedProcessId
{
    /// <summary>The process id.</summary>
    [Parameter(Position = 1, ParameterSetName = HcsProcessCommand.ProcessSet, DontShow = true)]
    [ArgumentCompleter(typeof(UntypedProcessIdCompleter))]
    [NotBlank]
    public uint? ProcessIdAtPosition { get; set; }
}
