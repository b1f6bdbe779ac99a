using System.Management.Automation;
using HcsPowerShell.Completion;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Abstractions;

/// <summary>
/// A command that starts a process in each container it is told or piped; a piped process is refused, for its container
/// may not be what was meant.
/// </summary>
public abstract class HcsContainerProcessCmdlet : HcsProcessConfigCmdlet, IDynamicParameters
{
    private PipedProcess? _process;

    private protected HcsContainerProcessCmdlet()
    {
    }

    /// <summary>The containers, as objects.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = HcsContainerCmdlet.ContainerSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public HcsContainer[] Container { get; set; } = [];

    /// <summary>The ids of the containers; wildcards are allowed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = HcsContainerCmdlet.IdSet)]
    [Alias("ContainerId")]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Id { get; set; } = [];

    /// <summary>What the command does, as in "Cannot {enter} container 'web'".</summary>
    private protected abstract string Verb { get; }

    /// <inheritdoc/>
    public object? GetDynamicParameters() => _process = PipedProcess.Of(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var targets = new ContainerTargets(this, Verb);
        foreach (ContainerTarget target in ParameterSetName == HcsContainerCmdlet.ContainerSet
            ? targets.FromObjects(Container)
            : targets.FromIds(Id, _process?.ProcessId))
        {
            Process(target);
        }

        BeginApproved();
    }

    private protected abstract void Process(ContainerTarget target);

    private protected string Attempt(ContainerTarget target) => $"{Verb} {target}";
}
