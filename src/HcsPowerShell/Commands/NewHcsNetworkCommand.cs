using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Creates a network (HCN <c>HcnCreateNetwork</c>).</summary>
[Cmdlet(VerbsCommon.New, "HcsNetwork", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet,
    HelpUri = HelpPages.Address + "New-HcsNetwork.md")]
[OutputType(typeof(HcsNetwork), typeof(Job))]
public sealed class NewHcsNetworkCommand : HcsCommand
{
    private const string ParameterSet = "Parameter";
    private const string ConfigurationSet = "Configuration";

    private readonly JsonLinesOfHosts _lines = new();

    /// <summary>Name of the network; that of the default network is nat.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet)]
    [LiteralNameTransformation]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Type of the network.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateSet("NAT", "ICS", "Transparent", "L2Bridge", "L2Tunnel", "Overlay", "Private", "Internal", "Mirrored", "ConstrainedICS")]
    public string Type { get; set; } = HostComputeNetwork.DefaultType;

    /// <summary>Prefixes of its subnets, such as 172.30.0.0/24; without one, the service chooses.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [Alias("Subnet")]
    [ValidateNotNullOrEmpty]
    public string[] AddressPrefix { get; set; } = [];

    /// <summary>Addresses of the routers, one for each prefix; by default the first address of the prefix.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateNotNullOrEmpty]
    public string[] Gateway { get; set; } = [];

    /// <summary>Addresses of DNS servers.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateNotNullOrEmpty]
    public string[]? DnsServer { get; set; }

    /// <summary>DNS domain.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateNotNullOrEmpty]
    public string? DnsSuffix { get; set; }

    /// <summary>Network adapter of the host that the network uses.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateNotNullOrEmpty]
    public string? NetAdapterName { get; set; }

    /// <summary>Number of the VLAN, 1 to 4094.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateRange(1, 4094)]
    [NotBlank]
    public int? VlanId { get; set; }

    /// <summary>Makes the network again after a reboot.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    [NotBlank]
    public SwitchParameter Persistent { get; set; }

    /// <summary>The document: a hashtable, a typed document, or JSON text, also line by line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(NetworkConfigurationCompleter))]
    [ValidateNotNull]
    public object? Configuration { get; set; }

    /// <summary>A JSON object merged over the document that is sent; its values win.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdditionalJson { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each network.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == ParameterSet)
        {
            Process(Name!, FromParameters);
        }
        else if (_lines.Take(NamedHost, Configuration!) is { } whole)
        {
            ProcessGiven(whole);
        }

        BeginApproved();
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (_lines.Rest is { } rest)
        {
            ProcessGiven(rest);
        }

        base.EndHere();
    }

    private void ProcessGiven(object value)
    {
        if (OutputObject.TypeNameOf(value) is { } type)
        {
            WriteError(HcsErrors.NotAConfiguration(
                value, type, "create a network from", "Pipe the document of a network: a hashtable or JSON text."));
            return;
        }

        Process(null, () => DocumentReader.Read<HostComputeNetwork>(value));
    }

    // A configuration binds to the name by position when another parameter excludes it.
    private HostComputeNetwork FromParameters() => new()
    {
        Name = ConfigurationText.IsDocument(Name!)
            ? throw new HcsDocumentException(
                nameof(Name), "the text is a configuration, which goes with -AdditionalJson only, and no name")
            : Name,
        Type = Type,
        Ipams = NetworkDraft.Ipams(AddressPrefix, Gateway, VlanId),
        Dns = DnsServer is null && DnsSuffix is null ? null : new HostComputeDns { ServerList = DnsServer, Domain = DnsSuffix },
        Policies = NetAdapterName is null ? null : [NetworkDraft.Policy("NetAdapterName", "NetworkAdapterName", NetAdapterName)],
        Flags = Persistent ? NetworkFlags.EnablePersistent : NetworkFlags.None,
    };

    private void Process(string? name, Func<HostComputeNetwork> document) =>
        Guard(name is null ? "create a network" : $"create network '{name}'", name, () =>
        {
            HostComputeNetwork network = NetworkDraft.Complete(document(), AdditionalJson);
            HcsHost host = ResolveHost();
            WriteVerboseDocument(HcsJson.Write(network), typeof(HostComputeNetwork));
            if (Approve($"network '{network.Name}' on host '{host.Name}'", "Create"))
            {
                Dispatch(
                    $"create network '{network.Name}'",
                    network.Name!,
                    (output, deadline) => CreateAsync(host, network, output, deadline));
            }
        });

    private static async Task CreateAsync(
        HcsHost host, HostComputeNetwork network, ICommandOutput output, Deadline deadline)
    {
        await WarnOfSecondNatAsync(host, network, output, deadline).ConfigureAwait(false);
        try
        {
            Guid id = HcsEndpoint.GuidOf(network.Id) ?? Guid.NewGuid();
            HostComputeNetwork made =
                await host.Service.Networks.CreateAsync(id, network, deadline).ConfigureAwait(false);
            foreach (string warning in made.Health?.Warnings ?? [])
            {
                output.Warning($"Network '{network.Name}': {warning}");
            }

            output.Object(new HcsNetwork(host, made));
        }
        catch (HcsException e) when (e.Is(HResult.NetworkAlreadyExists))
        {
            throw new ExplainedException(e, $"This shows it: Get-HcsNetwork {TypedLine.Quote(network.Name!)}");
        }
        catch (HcsException e) when (e.Is(HResult.InvalidPolicyType))
        {
            throw await NetworkFeatures.ExplainAsync(host, e, NetworkRules.PoliciesOf(network), deadline).ConfigureAwait(false);
        }
    }

    // Windows has been seen to hang with several of them (Windows-Containers#140); an embedded host takes any number.
    private static async Task WarnOfSecondNatAsync(
        HcsHost host, HostComputeNetwork network, ICommandOutput output, Deadline deadline)
    {
        if (host.Kind == HostKind.Local
            && NetworkChoice.IsNat(network)
            && (await NetworkChoice.ListNatAsync(host, deadline).ConfigureAwait(false)).FirstOrDefault(other =>
                !string.Equals(other.Name, network.Name, StringComparison.OrdinalIgnoreCase)) is { } second)
        {
            output.Warning(
                $"Network '{second.Name}' is of type NAT too. With several of them, the network service of Windows may stop "
                + "answering when containers map ports.");
        }
    }
}
