using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Abstractions;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Commands;

/// <summary>Chooses the host this runspace uses, and makes an embedded one when it does not exist.</summary>
[Cmdlet(VerbsCommunications.Connect, "HcsHost", SupportsShouldProcess = true, DefaultParameterSetName = EmbeddedSet)]
[OutputType(typeof(HcsHost))]
public sealed class ConnectHcsHostCommand : HcsCmdlet
{
    private const string EmbeddedSet = "Embedded";
    private const string LocalSet = "Local";

    /// <summary>A host inside this PowerShell process; its containers end with the process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmbeddedSet)]
    public SwitchParameter Embedded { get; set; }

    /// <summary>Name of the embedded host, for several side by side.</summary>
    [Parameter(Position = 0, ParameterSetName = EmbeddedSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// How the embedded host keeps containers apart. By default Oci (containers of runc) where the machine has what that
    /// needs, else Process (ordinary processes).
    /// </summary>
    [Parameter(ParameterSetName = EmbeddedSet)]
    public IsolationKind Isolation { get; set; }

    /// <summary>The Host Compute Service of this Windows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>One library of Windows for everything; by default each system goes through the library it needs.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    public LocalApi Api { get; set; }

    /// <summary>Writes the host to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HostKind kind = Local ? HostKind.Local : HostKind.Embedded;
        string name = HcsHost?.Name ?? Name ?? DefaultName(kind);
        Guard($"connect host '{name}'", name, () =>
        {
            if (Approve($"host '{name}'", "Connect"))
            {
                Connect(kind, name);
            }
        });
    }

    // A host that is forced to one library or isolation is another host than the one that is not.
    private string DefaultName(HostKind kind) =>
        HcsPowerShell.HcsHost.DefaultName(kind)
        + (Api == LocalApi.Automatic ? string.Empty : "-" + Api.ToString().ToLowerInvariant())
        + (Isolation == IsolationKind.Best ? string.Empty : "-" + Isolation.ToString().ToLowerInvariant());

    private void Connect(HostKind kind, string name)
    {
        bool isNew = !HcsHosts.All.Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        HcsHost host = HcsHosts.GetOrAdd(kind, name, Api, Isolation);
        if (host.Kind != kind)
        {
            throw new HostNotFoundException($"The name '{name}' belongs to the {host.Kind} host.");
        }

        try
        {
            host.Properties = Await(host.Service.GetPropertiesAsync(StopToken));
        }
        catch (HcsException) when (isNew)
        {
            HcsHosts.Remove(host);
            throw;
        }

        if (Isolation != IsolationKind.Best && host.Isolation != Isolation.ToString())
        {
            throw new HostNotFoundException($"The host '{name}' has isolation {host.Isolation}.");
        }

        HcsHosts.Choose(host);
        if (PassThru)
        {
            WriteObject(host);
        }
    }
}
