using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Detaches endpoints from a container, or from every one: by its own request under schema 1
/// (<c>HcsModifyComputeSystem</c>), by its network namespace under schema 2 (HCN <c>HcnModifyNamespace</c>).
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "HcsEndpoint", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Disconnect-HcsEndpoint.md")]
[OutputType(typeof(HcsEndpoint), typeof(Job))]
public sealed class DisconnectHcsEndpointCommand : HcsEndpointCommand
{
    /// <summary>The container, by id or object; by default every one that the endpoint is attached to.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ReferenceTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

    /// <summary>Writes the endpoint to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "disconnect";

    private protected override void Process(EndpointTarget target, HostComputeEndpoint endpoint)
    {
        string? container = Container is null ? null : FindContainer(target, Container);
        string action = container is null ? "Disconnect" : $"Disconnect from container '{container}'";
        if ((container is not null || Container is null) && ApproveOn(target, action))
        {
            bool passes = PassThru;
            Dispatch(Attempt(target), target.Name, async (output, deadline) =>
            {
                await target.DetachAsync(container, output, deadline).ConfigureAwait(false);
                if (passes)
                {
                    output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
                }
            });
        }
    }
}
