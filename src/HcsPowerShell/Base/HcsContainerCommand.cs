using System;
using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>A command that acts on containers, which the user names by object or by id.</summary>
/// <remarks>
/// The command refuses a piped process unless it takes processes. It must not stop a container when the user means a
/// process in it.
/// </remarks>
public abstract class HcsContainerCommand : HcsCommand, IDynamicParameters
{
    internal const string ContainerSet = "Container";
    internal const string IdSet = "Id";

    // In one set with the ids by value, the property of an object would bind before the object itself.
    internal const string PropertySet = "IdProperty";

    private PipedProcess? _process;

    private protected HcsContainerCommand()
    {
    }

    /// <summary>The containers, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ContainerSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public virtual HcsContainer[] Container { get; set; } = [];

    /// <summary>
    /// The ids of the containers; wildcards are allowed. An id with a wildcard is first tried as an id.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = IdSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PropertySet)]
    [Alias("ContainerId")]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Id { get; set; } = [];

    /// <summary>The parameter set in which the properties of a piped object bind.</summary>
    private protected virtual string PropertiesBindIn => PropertySet;

    /// <summary>The verb for messages, as in "Cannot {start} container 'web'".</summary>
    private protected abstract string Verb { get; }

    /// <summary>The containers that the user named. Each container that cannot be used is an error.</summary>
    private protected virtual IEnumerable<ContainerTarget> Targets
    {
        get
        {
            var targets = new ContainerTargets(this, Verb);
            return ParameterSetName == ContainerSet ? targets.FromObjects(Container) : targets.FromIds(Id, _process?.ProcessId);
        }
    }

    /// <inheritdoc/>
    public virtual object? GetDynamicParameters() =>
        (_process = PipedProcess.Of(this, PropertiesBindIn))?.Parameters;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        foreach (ContainerTarget target in Targets)
        {
            Process(target);
        }

        BeginApproved();
    }

    /// <summary>True for a command that needs the terminal of this session; on another computer the engine gives it none.</summary>
    private protected virtual bool NeedsTerminal => false;

    private protected override Exception? RefusalThere(HostCall call) => NeedsTerminal
        ? NotOverRemotingException.NeedsTerminal(call.Host, TypedLine.Of(MyInvocation, TypedLine.Ids(Container, Id)))
        : base.RefusalThere(call);

    private protected abstract void Process(ContainerTarget target);

    private protected string Attempt(ContainerTarget target) => $"{Verb} {target}";
}
