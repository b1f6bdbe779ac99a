using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Removes endpoints (HCN <c>HcnDeleteEndpoint</c>).</summary>
[Cmdlet(VerbsCommon.Remove, "HcsEndpoint", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Remove-HcsEndpoint.md")]
[OutputType(typeof(Job))]
public sealed class RemoveHcsEndpointCommand : HcsEndpointCommand
{
    /// <summary>Removes an endpoint that containers use, and detaches it before.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    private protected override string Verb => "remove";

    private protected override void Process(EndpointTarget target, HostComputeEndpoint endpoint)
    {
        if (ApproveOn(target, "Remove")
            && (IsToldNotToAsk
                || ConfirmForeign("endpoint", target.Name, endpoint.Owner, "Remove", Verb, target.Name)))
        {
            bool forced = Force;
            Dispatch(Attempt(target), target.Name, async (output, deadline) =>
            {
                IReadOnlyList<string> users = await target.UsersAsync(endpoint, deadline).ConfigureAwait(false);
                if (users.Count > 0 && !forced)
                {
                    throw new NetworkException(
                        NetworkProblem.EndpointInUse, $"it is attached to container '{string.Join("', '", users)}'.");
                }

                await target.RemoveAsync(output, deadline).ConfigureAwait(false);
            });
        }
    }
}
