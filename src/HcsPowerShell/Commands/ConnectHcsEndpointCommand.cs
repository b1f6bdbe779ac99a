using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Attaches endpoints to a container: by its own request under schema 1 (<c>HcsModifyComputeSystem</c>), by its network
/// namespace under schema 2 (HCN <c>HcnModifyNamespace</c>).
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "HcsEndpoint", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Connect-HcsEndpoint.md")]
[OutputType(typeof(HcsEndpoint), typeof(Job))]
public sealed class ConnectHcsEndpointCommand : HcsEndpointCommand
{
    /// <summary>The container, by id or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ReferenceTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Container { get; set; } = string.Empty;

    /// <summary>Writes the endpoint to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "connect";

    private protected override void Process(EndpointTarget target, HostComputeEndpoint endpoint)
    {
        if (FindContainer(target, Container) is { } container && ApproveOn(target, $"Connect to container '{container}'"))
        {
            bool passes = PassThru;
            Dispatch($"{Attempt(target)} to container '{container}'", target.Name, async (output, deadline) =>
            {
                await target.AttachAsync(container, output, deadline).ConfigureAwait(false);
                if (passes)
                {
                    output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
                }
            });
        }
    }
}
