using System;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The memory and the processors of a virtual machine. A part that it does not tell is null.</summary>
/// <param name="Memory">Its memory.</param>
/// <param name="Processors">Its processors.</param>
internal sealed record MachineDetails(MemoryInformationForVm? Memory, ProcessorTopology? Processors)
{
    private static readonly MachineDetails s_unknown = new(null, null);
    private static readonly PropertyQuery s_memory = new() { PropertyTypes = ["Memory"] };
    private static readonly PropertyQuery s_processors = new() { PropertyTypes = ["ProcessorTopology"] };

    /// <summary>Asks a machine. A refusal is told to the verbose stream.</summary>
    public static async Task<MachineDetails> ReadAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        try
        {
            using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);

            // A service that knows only one of the two refuses a query for both.
            ContainerProperties? memory = await AskAsync(lease, s_memory).ConfigureAwait(false);
            ContainerProperties? processors = await AskAsync(lease, s_processors).ConfigureAwait(false);
            return new MachineDetails(memory?.Memory, processors?.ProcessorTopology);
        }
        catch (HcsException e)
        {
            output.Verbose($"The memory and the processors of {target} are not known: {HcsErrors.Reason(e)}");
            return s_unknown;
        }

        async Task<ContainerProperties?> AskAsync(ContainerLease lease, PropertyQuery query)
        {
            try
            {
                return await lease.Container.GetPropertiesAsync(
                    query, deadline.AtMost(ComputeOperation.Properties.DefaultTimeout())).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HcsException or HcsDocumentException)
            {
                output.Verbose($"{query.PropertyTypes![0]} of {target} is not known: {HcsErrors.Reason(e)}");
                return null;
            }
        }
    }
}
