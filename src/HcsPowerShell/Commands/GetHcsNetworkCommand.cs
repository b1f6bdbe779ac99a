using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Lists networks (HCN <c>HcnEnumerateNetworks</c>, <c>HcnQueryNetworkProperties</c>).</summary>
[Cmdlet(VerbsCommon.Get, "HcsNetwork", DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Get-HcsNetwork.md")]
[OutputType(typeof(HcsNetwork))]
public sealed class GetHcsNetworkCommand : HcsCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names of networks; wildcards are allowed, and a guid is an id.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Guids of networks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [NotBlank]
    [ValidateNotNullOrEmpty]
    public Guid[] Id { get; set; } = [];

    /// <summary>Lists only networks of these types.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Type { get; set; } = [];

    /// <summary>Reads what the service tells on demand only; the property Document has it.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        Guard("list the networks", null, () =>
        {
            HcsHost host = ResolveHost();
            var selection = new NetworkSelection<HostComputeNetwork>(host, Name, Id) { IsDetailed = Detailed };
            string[] types = Type;
            Dispatch("list the networks", host.Name, (output, deadline) => selection.ReadAsync(
                network =>
                {
                    var found = new HcsNetwork(host, network);
                    if (types.Length == 0 || types.Contains(found.Type, StringComparer.OrdinalIgnoreCase))
                    {
                        output.Object(found);
                    }

                    return Task.CompletedTask;
                },
                (name, missing) => output.Error(HcsErrors.From(missing, $"list network '{name}'", name)),
                deadline));
        });
        BeginApproved();
    }
}
