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
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Removes networks (HCN <c>HcnDeleteNetwork</c>).</summary>
[Cmdlet(VerbsCommon.Remove, "HcsNetwork", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Remove-HcsNetwork.md")]
[OutputType(typeof(Job))]
public sealed class RemoveHcsNetworkCommand : HcsCommand
{
    private const string NetworkSet = "Network";
    private const string NameSet = "Name";

    /// <summary>The networks, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NetworkSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsNetwork))]
    public HcsNetwork[] Network { get; set; } = [];

    /// <summary>Names of networks; wildcards are allowed, and a guid is an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Removes the endpoints of the network too, and detaches them before.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Force { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each network.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        foreach ((HcsHost host, HostComputeNetwork network) in Found())
        {
            Remove(host, network);
        }

        BeginApproved();
    }

    private IEnumerable<(HcsHost Host, HostComputeNetwork Network)> Found()
    {
        var targets = new NetworkTargets<HostComputeNetwork>(this, "remove");
        return ParameterSetName == NameSet
            ? targets.FromNames(Name)
            : targets.FromObjects(Network.Select(network => ((HcsOutput)network, network.Id)));
    }

    private void Remove(HcsHost host, HostComputeNetwork network)
    {
        string name = new HcsNetwork(host, network).ToString();
        string attempt = $"remove network '{name}'";
        if (Approve($"network '{name}' on host '{host.Name}'", Force ? "Remove with its endpoints" : "Remove") && MayRemove(network, name))
        {
            bool forced = Force;
            Dispatch(attempt, name, (output, deadline) => RemoveAsync(host, network, name, forced, output, deadline));
        }
    }

    private bool MayRemove(HostComputeNetwork network, string name) =>
        IsToldNotToAsk || ConfirmForeign("network", name, network.Owner, "Remove", "remove", name);

    private static async Task RemoveAsync(
        HcsHost host, HostComputeNetwork network, string name, bool forced, ICommandOutput output, Deadline deadline)
    {
        EndpointTarget[] endpoints =
        [
            .. (await NetworkObjects.ListAsync<HostComputeEndpoint>(
                host, NetworkObjects.OnNetwork(network.Guid), isDetailed: false, deadline).ConfigureAwait(false))
                .Where(endpoint => HcsEndpoint.GuidOf(endpoint.HostComputeNetwork) == network.Guid)
                .Select(endpoint => EndpointTarget.Of(host, endpoint)),
        ];
        if (endpoints.Length > 0 && !forced)
        {
            throw new NetworkException(
                NetworkProblem.NetworkInUse,
                $"{(endpoints.Length == 1 ? "an endpoint is" : $"{endpoints.Length} endpoints are")} on network '{name}': "
                + $"'{string.Join("', '", endpoints.Select(endpoint => endpoint.Name))}'.");
        }

        foreach (EndpointTarget endpoint in endpoints)
        {
            await endpoint.RemoveAsync(output, deadline).ConfigureAwait(false);
        }

        await host.Service.Networks.DeleteAsync<HostComputeNetwork>(network.Guid, deadline).ConfigureAwait(false);
    }
}
