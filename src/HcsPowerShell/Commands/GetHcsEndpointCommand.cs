using System;
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

/// <summary>
/// Lists endpoints (HCN <c>HcnEnumerateEndpoints</c>, <c>HcnQueryEndpointProperties</c>). An endpoint is listed when it
/// fits all parameters.
/// </summary>
[Cmdlet(VerbsCommon.Get, "HcsEndpoint", DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Get-HcsEndpoint.md")]
[OutputType(typeof(HcsEndpoint))]
public sealed class GetHcsEndpointCommand : HcsCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names of endpoints; wildcards are allowed, and a guid is an id.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(EndpointNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Guids of endpoints.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [NotBlank]
    [ValidateNotNullOrEmpty]
    public Guid[] Id { get; set; } = [];

    /// <summary>The network that they are on, by name, id or object.</summary>
    [Parameter]
    [ReferenceTransformation(typeof(HcsNetwork))]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <summary>Containers that they are attached to, by ids or objects; wildcards are allowed.</summary>
    [Parameter]
    [ReferenceTransformation(typeof(HcsContainer))]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Container { get; set; } = [];

    /// <summary>Their addresses; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EndpointAddressCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] IPAddress { get; set; } = [];

    /// <summary>Ports of the host that they are reached by, 1 to 65535.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EndpointPortCompleter))]
    [ValidateRange(1, 65535)]
    [NotBlank]
    public int[] ExternalPort { get; set; } = [];

    /// <summary>
    /// Lists only endpoints of containers that have gone without them, and those that name systems of which none exists.
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Orphaned { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        Guard("list the endpoints", null, () =>
        {
            if (HostOf() is { } host)
            {
                (string[] names, Guid[] ids) = (Name, Id);
                var filter = new EndpointFilter(host)
                {
                    Containers = Container, Addresses = IPAddress, Ports = ExternalPort, IsOrphaned = Orphaned,
                };
                string? network = Network;
                Dispatch(
                    "list the endpoints",
                    host.Name,
                    (output, deadline) => ListAsync(host, names, ids, network, filter, output, deadline));
            }
        });
        BeginApproved();
    }

    /// <summary>The host of the objects that are named; null when they are not of the host that the command names.</summary>
    private HcsHost? HostOf()
    {
        string? given = new[] { Network }.Concat(Container).OfType<string>()
            .FirstOrDefault(name => NamedObject.Of(name) is not null);
        return given is null ? ResolveHost()
            : MayUse(NamedObject.Of(given)!.Host, "list the endpoints", given, string.Empty, "Get-HcsEndpoint")
                ? RequireHere(NamedObject.Of(given)!.Host)
            : null;
    }

    private static async Task ListAsync(
        HcsHost host,
        string[] names,
        Guid[] ids,
        string? network,
        EndpointFilter filter,
        ICommandOutput output,
        Deadline deadline)
    {
        Guid? on = network is null ? null : (await NetworkChoice.FindAsync(host, network, deadline).ConfigureAwait(false)).Guid;
        var describe = new NetworkNames(host);
        var selection = new NetworkSelection<HostComputeEndpoint>(host, names, ids)
        {
            IsDetailed = true, Filter = on is { } id ? NetworkObjects.OnNetwork(id) : null,
        };
        await selection.ReadAsync(
            async endpoint =>
            {
                HcsEndpoint found = await describe.DescribeAsync(endpoint, deadline).ConfigureAwait(false);
                if ((on is null || found.NetworkId == on) && await filter.FitsAsync(found, deadline).ConfigureAwait(false))
                {
                    output.Object(found);
                }
            },
            (name, missing) => output.Error(HcsErrors.From(missing, $"list endpoint '{name}'", name)),
            deadline).ConfigureAwait(false);
    }
}
