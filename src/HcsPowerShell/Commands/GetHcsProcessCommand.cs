using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Lists the processes of containers, or finds some by id (hcsshim <c>ProcessList</c>).</summary>
[Cmdlet(VerbsCommon.Get, "HcsProcess", DefaultParameterSetName = ContainerSet,
    HelpUri = HelpPages.Address + "Get-HcsProcess.md")]
[OutputType(typeof(HcsProcess))]
public sealed class GetHcsProcessCommand : HcsContainerReadCommand
{
    private static readonly PropertyQuery s_processList = new() { PropertyTypes = ["ProcessList"] };

    /// <summary>Process ids inside the container; without them all processes are listed.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Pid")]
    [FromHere("Process")]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [NotBlank]
    public uint[]? ProcessId { get; set; }

    /// <summary>Returns none: the command finds a process by its container and its id.</summary>
    public override object? GetDynamicParameters() => null;

    private protected override string Verb => "list the processes of";

    private protected override void Process(ContainerTarget target) =>
        Dispatch(Attempt(target), target.Id, (output, deadline) => ListAsync(target, output, deadline));

    private async Task ListAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        ContainerProperties properties =
            await lease.Container.GetPropertiesAsync(s_processList, deadline).ConfigureAwait(false);
        IReadOnlyList<ProcessListItem> list = properties.ProcessList ?? [];
        foreach (ProcessListItem item in list.Where(p => ProcessId is null || ProcessId.Contains(p.ProcessId)))
        {
            output.Object(Describe(target, item));
        }

        // Without a named container, the ids select from the processes of all.
        foreach (uint missing in (IsTargetNamed ? ProcessId ?? [] : []).Except(list.Select(p => p.ProcessId)))
        {
            var cause = new HcsException("HcsOpenProcess", HResult.ElementNotFound, target.Id);
            output.Error(HcsErrors.From(cause, $"get process {missing} of {target}", missing));
        }
    }

    private static HcsProcess Describe(ContainerTarget target, ProcessListItem item)
    {
        TrackedProcess? tracked = target.Host.Handles.Find(target.Id, item.ProcessId);
        return new HcsProcess(target.Host, target.Id, item, tracked is { Status: null } ? tracked : null);
    }
}
