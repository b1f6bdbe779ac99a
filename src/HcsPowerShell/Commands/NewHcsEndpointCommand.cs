using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Creates an endpoint on a network (HCN <c>HcnCreateEndpoint</c>).</summary>
[Cmdlet(VerbsCommon.New, "HcsEndpoint", SupportsShouldProcess = true,
    HelpUri = HelpPages.Address + "New-HcsEndpoint.md")]
[OutputType(typeof(HcsEndpoint), typeof(Job))]
public sealed class NewHcsEndpointCommand : HcsCommand
{
    /// <summary>Name of the endpoint.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// Its network, by name, id or object; by default the network named nat, else the only network of type NAT.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ReferenceTransformation(typeof(HcsNetwork))]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <summary>Its addresses, in the prefix of the network; by default the service chooses one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IPAddress { get; set; } = [];

    /// <summary>Its hardware address, such as 00-15-5D-52-C0-00; by default the service chooses one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MacAddress { get; set; }

    /// <summary>Addresses of the DNS servers of its container.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? DnsServer { get; set; }

    /// <summary>
    /// Ports that are reached by ports of the host: <c>[hostaddress:][hostport[-range]:]port[-range][/tcp|udp]</c> as text, a
    /// hashtable or an object. Without a port of the host, the service chooses a free one.
    /// </summary>
    [Parameter]
    [Alias("Port", "Publish")]
    [PortMappingTransformation]
    [ValidateNotNullOrEmpty]
    public HcsPortMapping[]? PortMapping { get; set; }

    /// <summary>Further policies: typed, hashtables with Type and Settings, or JSON text.</summary>
    [Parameter]
    [DocumentTransformation(typeof(HostComputePolicy))]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? Policy { get; set; }

    /// <summary>A JSON object merged over the document that is sent; its values win.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdditionalJson { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each endpoint.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        string attempt = Name is null ? "create an endpoint" : $"create endpoint '{Name}'";
        GuardWithin(attempt, Name, deadline =>
        {
            if (HostOf(attempt) is { } host)
            {
                HostComputeNetwork network = Await(NetworkChoice.FindAsync(host, Network, deadline));
                Create(host, network, attempt);
            }
        });
        BeginApproved();
    }

    /// <summary>The host of the network; null when it is not the host that the command names.</summary>
    private HcsHost? HostOf(string attempt) =>
        Network is null || NamedObject.Of(Network) is not { } named ? ResolveHost()
        : MayUse(named.Host, attempt, Network, $"-Network {TypedLine.Quote(Network)}", "Get-HcsNetwork")
            ? RequireHere(named.Host)
        : null;

    private void Create(HcsHost host, HostComputeNetwork network, string attempt)
    {
        HostComputeEndpoint endpoint = NetworkDraft.Complete(FromParameters(network), network, AdditionalJson);
        WriteVerboseDocument(HcsJson.Write(endpoint), typeof(HostComputeEndpoint));
        string name = Name ?? "a new endpoint";
        string of = new HcsNetwork(host, network).ToString();
        if (!Approve($"endpoint '{name}' on network '{of}' of host '{host.Name}'", "Create"))
        {
            return;
        }

        IReadOnlyList<HcsPortMapping> ports = HcsEndpoint.PortsOf(endpoint);
        Dispatch(attempt, name, async (output, deadline) =>
        {
            try
            {
                Guid id = HcsEndpoint.GuidOf(endpoint.Id) ?? Guid.NewGuid();
                HostComputeEndpoint made =
                    await host.Service.Networks.CreateAsync(id, endpoint, deadline).ConfigureAwait(false);
                output.Object(new HcsEndpoint(host, made, network.Name));
            }
            catch (HcsException e) when (e.Is(HResult.PortAlreadyExists))
            {
                throw await PortUse.ExplainAsync(host, e, ports, deadline).ConfigureAwait(false);
            }
            catch (HcsException e) when (e.Is(HResult.InvalidPolicyType))
            {
                throw await NetworkFeatures.ExplainAsync(host, e, endpoint.Policies, deadline).ConfigureAwait(false);
            }
        });
    }

    private HostComputeEndpoint FromParameters(HostComputeNetwork network) => new()
    {
        Name = Name,
        HostComputeNetwork = HostComputeObject.IdText(network.Guid),
        IpConfigurations = [.. IPAddress.Select(address => NetworkDraft.Address(address, network))],
        MacAddress = MacAddress?.Replace(':', '-').ToUpperInvariant(),
        Dns = DnsServer is null ? null : new HostComputeDns { ServerList = DnsServer },
        Policies = PolicyDraft.Of(PortMapping, Policy?.Cast<HostComputePolicy>()),
    };
}
