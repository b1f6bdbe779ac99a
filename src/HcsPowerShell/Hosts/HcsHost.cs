using System.Collections.Generic;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell;

/// <summary>A host of compute systems, as <c>Get-HcsHost</c> shows it and <c>-HcsHost</c> takes it.</summary>
public sealed class HcsHost
{
    internal HcsHost(string name, HostKind kind, IComputeService service)
    {
        Name = name;
        Kind = kind;
        Service = service;
        Handles = new HandleTable(service);
    }

    /// <summary>Name of the host in this process.</summary>
    public string Name { get; }

    /// <summary>Local for the Host Compute Service of this Windows, Embedded for the host inside this process.</summary>
    public HostKind Kind { get; }

    /// <summary>How systems are kept apart; null where the service decides or was not asked yet.</summary>
    public string? Isolation => Properties?.Isolation;

    /// <summary>What the machine lacks for isolation Oci, where Process was taken instead; null when nothing.</summary>
    public string? IsolationLack => Properties?.IsolationLack;

    /// <summary>The libraries in use, with their versions.</summary>
    public IReadOnlyList<string> Api => Properties?.Api ?? [];

    /// <summary>The caller has an administrator's rights; null where that means nothing.</summary>
    public bool? IsElevated => Properties?.IsElevated;

    /// <summary>Schema versions the service takes.</summary>
    public IReadOnlyList<string> SchemaVersions => Properties?.SchemaVersions ?? [];

    /// <summary>Members of a container configuration that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedContainerMembers => Properties?.UnenforcedContainerMembers ?? [];

    /// <summary>Members of a schema 2 document that this host accepts and does not enforce, by their paths.</summary>
    public IReadOnlyList<string> UnenforcedSystemMembers => Properties?.UnenforcedSystemMembers ?? [];

    /// <summary>Resources whose change with Set-HcsContainer this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedResources => Properties?.UnenforcedResources ?? [];

    /// <summary>Members of a process configuration that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedProcessMembers => Properties?.UnenforcedProcessMembers ?? [];

    /// <summary>The rules by which this host fails; only an embedded host has any (<c>Connect-HcsHost -FaultPlan</c>).</summary>
    public IReadOnlyList<FaultRule> FaultPlan => (Service as IFaultInjection)?.FaultPlan ?? [];

    internal IComputeService Service { get; }

    internal HandleTable Handles { get; }

    internal HostProperties? Properties { get; set; }

    internal bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static string DefaultName(HostKind kind) => kind == HostKind.Local ? "local" : "embedded";

    internal void Close()
    {
        IsClosed = true;
        Service.Close();
    }
}
