using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using HcsPowerShell.Binding;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// A command that changes the state of containers: a limited number at a time, and each container once.
/// </summary>
public abstract class HcsContainerChangeCommand : HcsContainerCommand
{
    private readonly HashSet<object> _named = [];
    private readonly ConditionalWeakTable<HcsContainer, object> _objects = new();

    /// <summary>Sets the default time limit for a change to that of hcsshim.</summary>
    private protected HcsContainerChangeCommand() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>The number of containers that the command acts on at a time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public override int ThrottleLimit { get; set; } = 32;

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

    /// <summary>Changes the state of a container with one call.</summary>
    /// <param name="target">The container.</param>
    /// <param name="action">The action, as a confirmation names it.</param>
    /// <param name="newState">The state of the container afterwards.</param>
    /// <param name="call">The call.</param>
    private protected void Change(
        ContainerTarget target, string action, string newState, Func<IContainer, CallOptions, Task> call)
    {
        if (Approve(target, action))
        {
            Dispatch(
                Attempt(target), target.Id, (output, deadline) => ChangeAsync(target, newState, call, output, deadline));
        }
    }

    private async Task ChangeAsync(
        ContainerTarget target,
        string newState,
        Func<IContainer, CallOptions, Task> call,
        ICommandOutput output,
        Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        await call(lease.Container, deadline).ConfigureAwait(false);
        target.Object?.MoveTo(newState);
        if (PassThru)
        {
            output.Object(
                await target.DescribeAsync(lease.Container, output, deadline, newState).ConfigureAwait(false));
        }
    }

    // The object of a container that has ended does not stand for a later container with the same id.
    private bool IsNamedFirst(ContainerTarget target)
    {
        object? ended = target.Object?.Tracked is { ExitStatus: not null } tracked ? tracked : null;
        object?[] names = [target.Object?.Tracked, ended ?? (object)(target.Host, target.Id.ToUpperInvariant())];
        bool isFirst = !names.Any(name => name is not null && _named.Contains(name))
            && (target.Object is null || !_objects.TryGetValue(target.Object, out _));
        _named.UnionWith(names.OfType<object>());
        if (target.Object is not null)
        {
            _objects.GetValue(target.Object, named => named);
        }

        return isFirst;
    }
}
