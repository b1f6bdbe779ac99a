using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Shows the host in use: its kind, isolation, API and schema versions, and the members that it does not enforce.
/// </summary>
[Cmdlet(VerbsCommon.Get, "HcsHost",
    HelpUri = HelpPages.Address + "Get-HcsHost.md")]
[OutputType(typeof(HcsHost), typeof(HcsLogicalProcessor), typeof(HcsCpuGroup))]
public sealed class GetHcsHostCommand : HcsCommand
{
    /// <summary>Shows every host of this process, not only the one in use.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter All { get; set; }

    /// <summary>Shows the logical processors of the host instead (HcsGetServiceProperties, ProcessorTopology).</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter ProcessorTopology { get; set; }

    /// <summary>
    /// Shows the groups of processors that virtual machines are bound to instead (HcsGetServiceProperties, CpuGroup).
    /// </summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter CpuGroup { get; set; }

    /// <summary>
    /// The host to show: its name, its object, or any object that came from it; by default the host in use.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("Session")]
    [HostTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public override HcsHost[]? HcsHost { get; set; }

    // What the processors of another computer are, that computer tells.
    private protected override bool RunsWhereHostIs => ProcessorTopology || CpuGroup;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        IReadOnlyList<HcsHost> hosts = [];
        Guard("get the host", null, () => hosts = All ? HcsHosts.All
            : HcsHost is null ? [ResolveHost()]
            : [.. UsableHosts(HcsHost).Select(RequireHere)]);
        foreach (HcsHost host in hosts)
        {
            GuardWithin($"get host '{host.Name}'", host, deadline =>
            {
                if (ProcessorTopology || CpuGroup)
                {
                    WriteProcessors(host, deadline);
                    return;
                }

                // The properties of a host behind a session are those of its connection.
                if (host.Session is not null)
                {
                    WriteObject(host);
                    return;
                }

                host.Properties = Await(host.Service.GetPropertiesAsync(deadline));
                host.NetworkVersion = Await(NetworkFeatures.TryReadVersionAsync(host, deadline));
                WriteObject(host);
            });
        }
    }

    private void WriteProcessors(HcsHost host, Deadline deadline)
    {
        IMachineService machines = host.Service.Machines;
        if (ProcessorTopology)
        {
            LogicalProcessor[]? processors = Await(machines.GetProcessorTopologyAsync(deadline)).LogicalProcessors;
            WriteObject(
                (processors ?? []).Select(one => new HcsLogicalProcessor(host, one)).ToArray(), enumerateCollection: true);
        }

        if (CpuGroup)
        {
            CpuGroupConfig[]? groups = Await(machines.GetCpuGroupsAsync(deadline)).CpuGroups;
            WriteObject((groups ?? []).Select(one => new HcsCpuGroup(host, one)).ToArray(), enumerateCollection: true);
        }
    }
}
