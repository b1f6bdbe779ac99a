using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell;

/// <summary>A host of compute systems, as <c>Get-HcsHost</c> shows it and <c>-HcsHost</c> takes it.</summary>
public sealed class HcsHost
{
    // If the id of the machine cannot be read, no other process can recognize this service.
    private static readonly Lazy<Guid> s_machine = new(() => MachineId.Read() ?? Guid.NewGuid());

    private readonly Guid _instance = Guid.NewGuid();
    private readonly TaskCompletionSource<bool> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal HcsHost(string name, HostKind kind, IComputeService service)
    {
        Name = name;
        Kind = kind;
        Service = service;
        Properties = service.Declared;
        Ownership = new ContainerOwnership(service);
        Handles = new HandleTable(service, Ownership);
    }

    /// <summary>Name of the host in this process.</summary>
    public string Name { get; }

    /// <summary>
    /// Local for the Host Compute Service of this Windows, Embedded for the host inside this process, Remote for a host
    /// behind a PowerShell session.
    /// </summary>
    public HostKind Kind { get; }

    /// <summary>Name of the computer that the host is on.</summary>
    public string ComputerName { get; private init; } = Environment.MachineName;

    /// <summary>
    /// Identifies the host across processes: the id of the machine for its service, a new id for each embedded host
    /// that is connected.
    /// </summary>
    public Guid HostInstance
    {
        get => Kind == HostKind.Local ? Machine : _instance;
        private init => _instance = value;
    }

    /// <summary>Version of the module where the host is; null for one that does not tell.</summary>
    public Version? ModuleVersion { get; private init; } = HcsHosts.ModuleVersion;

    /// <summary>The isolation of the systems; null when the service decides.</summary>
    public string? Isolation => Properties.Isolation;

    /// <summary>
    /// The reason why the machine cannot use isolation Oci, when the host uses Process instead; otherwise null.
    /// </summary>
    public string? IsolationLack => Properties.IsolationLack;

    /// <summary>Version of the Windows that it is; null for an embedded host.</summary>
    public Version? OSVersion => Properties.OSVersion;

    /// <summary>The libraries in use, with their versions.</summary>
    public IReadOnlyList<string> Api => Properties.Api.ToArray();

    /// <summary>
    /// Version of the Host Network Service, which tells what it can do; null without one, and before Get-HcsHost has asked.
    /// </summary>
    public Version? NetworkVersion { get; internal set; }

    /// <summary>True when the caller has administrator rights; null where this means nothing.</summary>
    public bool? IsElevated => Properties.IsElevated;

    /// <summary>Schema versions that the service accepts.</summary>
    public IReadOnlyList<string> SchemaVersions => Properties.SchemaVersions.ToArray();

    /// <summary>Members of a container configuration that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedContainerMembers => Properties.UnenforcedContainerMembers.ToArray();

    /// <summary>Members of a schema 2 document that this host accepts and does not enforce, by their paths.</summary>
    public IReadOnlyList<string> UnenforcedSystemMembers => Properties.UnenforcedSystemMembers.ToArray();

    /// <summary>Resources whose change with Set-HcsContainer this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedResources => Properties.UnenforcedResources.ToArray();

    /// <summary>Members of a process configuration that this host accepts and does not enforce.</summary>
    public IReadOnlyList<string> UnenforcedProcessMembers => Properties.UnenforcedProcessMembers.ToArray();

    /// <summary>
    /// The rules by which this host fails. Only an embedded host has any (<c>Connect-HcsHost -FaultPlan</c>).
    /// </summary>
    public IReadOnlyList<FaultRule> FaultPlan => (Service as IFaultInjection)?.FaultPlan.ToArray() ?? [];

    internal IComputeService Service { get; }

    internal HandleTable Handles { get; }

    /// <summary>The scratches that the containers own, and their records.</summary>
    internal ContainerOwnership Ownership { get; }

    /// <summary>The declared properties of the host; complete after the first query of the service.</summary>
    internal HostProperties Properties { get; set; }

    internal bool IsClosed { get; private set; }

    /// <summary>Completes when this process has left the service.</summary>
    internal Task Left => _left.Task;

    /// <summary>True for a host that a command line has named and no command has used.</summary>
    internal bool IsUnused { get; set; }

    /// <summary>
    /// True for an embedded host that has ended. The service of a machine does not end when a session leaves it.
    /// </summary>
    internal bool HasEnded => IsClosed && Kind == HostKind.Embedded;

    /// <summary>
    /// The location of a host outside this process; no command acts on such a host. Null for a host of this process.
    /// </summary>
    internal Elsewhere? Elsewhere { get; private init; }

    /// <summary>The session that leads to the host; null for a host of this process.</summary>
    internal HostSession? Session { get; private init; }

    /// <summary>The instance id of this machine's service.</summary>
    internal static Guid Machine => s_machine.Value;

    /// <summary>Creates a stand-in for a host outside this process.</summary>
    internal static HcsHost StandIn(string name, Elsewhere place) =>
        new(name, HostKind.Embedded, new UnreachableService(place)) { Elsewhere = place };

    /// <summary>Creates an object for the host behind a session that no command has asked yet.</summary>
    internal static HcsHost Unconnected(HostSession session) =>
        new(session.Computer, HostKind.Remote, new UnreachableService(session.Place))
        {
            Session = session, ComputerName = session.Computer, IsUnused = true,
        };

    /// <summary>Creates an object for a host behind a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The name of the host in this process.</param>
    /// <param name="instance">Its instance id.</param>
    /// <param name="version">The version of its module.</param>
    /// <param name="properties">Its properties.</param>
    internal static HcsHost Behind(
        HostSession session, string name, Guid instance, Version? version, HostProperties properties) =>
        new(name, HostKind.Remote, new UnreachableService(session.Place))
        {
            Session = session,
            ComputerName = session.Computer,
            HostInstance = instance,
            ModuleVersion = version,
            Properties = properties,
        };

    /// <summary>Creates an object for another host of the process that this host behind a session is in.</summary>
    internal HcsHost Beside(string name, Guid instance) =>
        Behind(Session!, name, instance, ModuleVersion, Properties);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Lists systems, one at a time as the caller reads.</summary>
    /// <remarks>
    /// The service filters. Systems that do not match are filtered out again here, because the caller might end them.
    /// </remarks>
    internal async Task<IEnumerable<ContainerProperties>> ListAsync(ComputeSystemQuery query, CallOptions options) =>
        (await Service.GetContainersAsync(query, options).ConfigureAwait(false)).Where(system =>
        {
            KnownIds.Add(system.Id);
            return query.Matches(system);
        });

    internal static string DefaultName(HostKind kind) => kind == HostKind.Local ? "local" : "embedded";

    /// <summary>
    /// Leaves the service. The task completes when the service is closed and the objects know of the exits that this
    /// caused.
    /// </summary>
    internal async Task CloseAsync()
    {
        IsClosed = true;
        await Task.Run(Service.Close).ConfigureAwait(false);
        _left.TrySetResult(true);
        await Handles.ObserveExitsAsync().ConfigureAwait(false);
    }
}
