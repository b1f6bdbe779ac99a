using System.Management.Automation;
using HcsPowerShell.Completion;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Abstractions;

/// <summary>A command that acts on containers, named by object or by id.</summary>
public abstract class HcsContainerCmdlet : HcsCmdlet
{
    internal const string ContainerSet = "Container";
    internal const string IdSet = "Id";

    private protected HcsContainerCmdlet()
    {
    }

    /// <summary>The containers, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ContainerSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public HcsContainer[] Container { get; set; } = [];

    /// <summary>The ids of the containers; wildcards are allowed, and an id that holds one is tried as it is first.</summary>
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
    public string[] Id { get; set; } = [];

    /// <summary>What the command does, as in "Cannot {start} container 'web'".</summary>
    private protected abstract string Verb { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var targets = new ContainerTargets(this, Verb);
        foreach (ContainerTarget target in ParameterSetName == ContainerSet
            ? targets.FromObjects(Container)
            : targets.FromIds(Id, PipedProcess))
        {
            Process(target);
        }

        BeginApproved();
    }

    /// <summary>What tells that the object piped in is a process, where that is refused.</summary>
    private protected virtual object? PipedProcess => null;

    private protected abstract void Process(ContainerTarget target);

    private protected string Attempt(ContainerTarget target) => $"{Verb} {target}";
}
