using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Adds policies to endpoints, or removes them (HCN <c>HcnModifyEndpoint</c>).</summary>
[Cmdlet(VerbsCommon.Set, "HcsEndpoint", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Set-HcsEndpoint.md")]
[OutputType(typeof(HcsEndpoint), typeof(Job))]
public sealed class SetHcsEndpointCommand : HcsEndpointCommand
{
    private HostComputePolicy[] _policies = [];

    /// <summary>
    /// Ports that are reached by ports of the host: <c>[hostaddress:][hostport[-range]:]port[-range][/tcp|udp]</c> as text, a
    /// hashtable or an object.
    /// </summary>
    [Parameter]
    [Alias("Port", "Publish")]
    [PortMappingTransformation]
    [ValidateNotNullOrEmpty]
    public HcsPortMapping[]? PortMapping { get; set; }

    /// <summary>Policies: typed, hashtables with Type and Settings, or JSON text.</summary>
    [Parameter]
    [DocumentTransformation(typeof(HostComputePolicy))]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? Policy { get; set; }

    /// <summary>Removes the ports and policies instead of adding them.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Remove { get; set; }

    /// <summary>Writes the endpoint to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "change";

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        try
        {
            _policies = PolicyDraft.Of(PortMapping, Policy?.Cast<HostComputePolicy>());
            if (_policies.Length == 0)
            {
                throw new HcsDocumentException(nameof(PortMapping), "name what to change with -PortMapping or -Policy");
            }
        }
        catch (HcsDocumentException e)
        {
            ThrowTerminatingError(HcsErrors.From(e, "change an endpoint", null));
        }
    }

    private protected override void Process(EndpointTarget target, HostComputeEndpoint endpoint)
    {
        string action = Remove ? "Remove" : "Add";
        if (!ApproveOn(target, $"{action} {string.Join(", ", _policies.Select(Describe))}"))
        {
            return;
        }

        bool passes = PassThru;
        IReadOnlyList<HcsPortMapping> ports = PortMapping ?? [];
        var request = new ModifyNetworkSettingRequest
        {
            ResourceType = "Policy",
            RequestType = action,
            Settings = new RawJson(HcsJson.Write(new HostComputeEndpoint { Policies = _policies })),
        };
        Dispatch(Attempt(target), target.Name, async (output, deadline) =>
        {
            try
            {
                await target.Host.Service.Networks.ModifyAsync<HostComputeEndpoint>(target.Id, request, deadline)
                    .ConfigureAwait(false);
            }
            catch (HcsException e) when (e.Is(HResult.PortAlreadyExists))
            {
                throw await PortUse.ExplainAsync(target.Host, e, ports, deadline).ConfigureAwait(false);
            }
            catch (HcsException e) when (e.Is(HResult.InvalidPolicyType))
            {
                throw await NetworkFeatures.ExplainAsync(target.Host, e, _policies, deadline).ConfigureAwait(false);
            }

            if (passes)
            {
                output.Object(await target.DescribeAsync(deadline).ConfigureAwait(false));
            }
        });
    }

    private static string Describe(HostComputePolicy policy) =>
        HcsPortMapping.Of(policy) is { } port ? port.ToString() : policy.Type!;
}
