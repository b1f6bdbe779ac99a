using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Abstractions;

/// <summary>A command that brings containers into another state: so many at a time, and each of them once.</summary>
public abstract class HcsContainerActionCmdlet : HcsContainerOnlyCmdlet
{
    private readonly HashSet<object> _named = [];

    private protected HcsContainerActionCmdlet()
    {
    }

    /// <summary>How many containers are acted on at a time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected sealed override bool WantsJob => AsJob;

    private protected sealed override int? MostAtOnce => ThrottleLimit;

    private protected sealed override void Process(ContainerTarget target)
    {
        if (IsNamedFirst(target))
        {
            Act(target);
        }
    }

    private protected abstract void Act(ContainerTarget target);

    // The object of one that has ended does not stand for who has its id now.
    private bool IsNamedFirst(ContainerTarget target)
    {
        object? ended = target.Object?.Tracked is { ExitStatus: not null } tracked ? tracked : null;
        object?[] names =
        [
            target.Object, target.Object?.Tracked, ended ?? (object)(target.Host, target.Id.ToUpperInvariant()),
        ];
        bool isFirst = !names.Any(name => name is not null && _named.Contains(name));
        _named.UnionWith(names.OfType<object>());
        return isFirst;
    }
}
