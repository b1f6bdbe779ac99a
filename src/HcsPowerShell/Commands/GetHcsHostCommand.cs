using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Shows the host in use: its kind, isolation, API and schema versions, and the members that it does not enforce.
/// </summary>
[Cmdlet(VerbsCommon.Get, "HcsHost",
    HelpUri = HelpPages.Address + "Get-HcsHost.md")]
[OutputType(typeof(HcsHost))]
public sealed class GetHcsHostCommand : HcsCommand
{
    /// <summary>Shows every host of this process, not only the one in use.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter All { get; set; }

    /// <summary>
    /// The host to show: its name, its object, or any object that came from it; by default the host in use.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [HostTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public override HcsHost? HcsHost { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<HcsHost> hosts = [];
        Guard("get the host", null, () => hosts = All ? HcsHosts.All : [ResolveHost()]);
        foreach (HcsHost host in hosts)
        {
            GuardWithin($"get host '{host.Name}'", host, deadline =>
            {
                host.Properties = Await(host.Service.GetPropertiesAsync(deadline));
                host.NetworkVersion = Await(NetworkFeatures.TryReadVersionAsync(host, deadline));
                WriteObject(host);
            });
        }
    }
}
