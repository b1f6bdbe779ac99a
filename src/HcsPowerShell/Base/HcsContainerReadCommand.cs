using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Completion;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>A command that reads from containers; from all that run, when the user names none.</summary>
public abstract class HcsContainerReadCommand : HcsContainerCommand
{
    private protected HcsContainerReadCommand()
    {
    }

    /// <summary>The containers, as objects; without them and -Id, all that run.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ContainerSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public override HcsContainer[] Container { get; set; } = [];

    /// <summary>
    /// The ids of the containers; wildcards are allowed. An id with a wildcard is first tried as an id.
    /// </summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdSet)]
    [Alias("ContainerId")]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>True when the user named a container.</summary>
    private protected bool IsTargetNamed => ParameterSetName != ContainerSet || Container.Length > 0;

    private protected override string PropertiesBindIn => IdSet;

    private protected override IEnumerable<ContainerTarget> Targets =>
        IsTargetNamed ? base.Targets : new ContainerTargets(this, Verb).AllRunning();
}
