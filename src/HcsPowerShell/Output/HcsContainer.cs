using System;
using System.Management.Automation;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Ownership;

namespace HcsPowerShell;

/// <summary>A compute system, as it was at the time of the query. The object holds no handle.</summary>
/// <remarks>Two objects are equal when they stand for the container with the same id on the same host.</remarks>
public class HcsContainer : HcsOutput, IEquatable<HcsContainer>, IComparable<HcsContainer>, IComparable
{
    private readonly ContainerProperties _properties;
    private readonly bool _stopped;
    private readonly string? _exitType;
    private string? _state;

    internal HcsContainer(
        HcsHost host, ContainerProperties properties, TrackedContainer? tracked, OwnedScratch? scratch = null)
        : base(host)
    {
        _properties = properties;
        Id = properties.Id ?? string.Empty;
        Name = VisibleText.OfName(properties.Name);
        Owner = VisibleText.OfName(properties.Owner);
        SystemType = VisibleText.OfName(properties.SystemType);
        RuntimeOsType = VisibleText.OfName(properties.RuntimeOsType);
        RuntimeId = ParseGuid(properties.RuntimeId);
        RuntimeTemplateId = ParseGuid(properties.RuntimeTemplateId);
        RuntimeImagePath = VisibleText.OfName(properties.RuntimeImagePath);
        IsTemplate = properties.IsRuntimeTemplate || properties.State == "SavedAsTemplate";
        LayerFolderPath = scratch?.Path;
        KeepsScratch = scratch?.Record?.KeepsScratch;
        _stopped = properties.Stopped;
        _exitType = VisibleText.OfName(properties.ExitType);
        _state = VisibleText.OfName(properties.State);
        Tracked = tracked;
    }

    /// <summary>Creates an object for the container with an id on a host; nothing else is known of it.</summary>
    internal static HcsContainer Named(HcsHost host, string id) =>
        new(host, new ContainerProperties { Id = id }, tracked: null) { IsOnlyNamed = true };

    /// <summary>Full id.</summary>
    public string Id { get; }

    /// <summary>Name; often the same as the id.</summary>
    public string? Name { get; }

    /// <summary>Management platform that the container belongs to.</summary>
    public string? Owner { get; }

    /// <summary>Created, Running, Paused, Stopped, SavedAsTemplate; null when the service does not report it.</summary>
    public string? State => Tracked?.ExitStatus is null ? _state : "Stopped";

    /// <summary>Container or VirtualMachine.</summary>
    public string? SystemType { get; }

    /// <summary>
    /// Process when the container shares the kernel of its host, HyperV when a virtual machine is behind it; null for a
    /// system that is a virtual machine itself.
    /// </summary>
    public string? Isolation =>
        SystemType == nameof(HcsSystemType.VirtualMachine) ? null : RuntimeId is null ? "Process" : "HyperV";

    /// <summary>Windows or Linux.</summary>
    public string? RuntimeOsType { get; }

    /// <summary>The virtual machine behind the container; null under process isolation.</summary>
    public Guid? RuntimeId { get; }

    /// <summary>
    /// The template that the virtual machine was cloned from; null when the service does not report it.
    /// </summary>
    public Guid? RuntimeTemplateId { get; }

    /// <summary>
    /// The utility image that the virtual machine was started from; null when the service does not report it.
    /// </summary>
    public string? RuntimeImagePath { get; }

    /// <summary>
    /// Folder of the scratch that New-HcsContainer made or mounted for it; null for another container, and for a caller who
    /// may not know.
    /// </summary>
    public string? LayerFolderPath { get; internal set; }

    /// <summary>
    /// True when that scratch is kept, false when it is removed after the exit; null where LayerFolderPath is.
    /// </summary>
    public bool? KeepsScratch { get; internal set; }

    /// <summary>True for a template that other systems are cloned from.</summary>
    public bool IsTemplate { get; }

    /// <summary>True when the container has exited.</summary>
    public bool Stopped => _stopped || Tracked?.ExitStatus is not null;

    /// <summary>
    /// The kind of the exit: GracefulExit, ForcedExit or UnexpectedExit; null before the exit, or when it is not known.
    /// </summary>
    public string? ExitType => ExitStatus?.ExitType ?? _exitType;

    /// <summary>The exit status, once this process knows it; null before.</summary>
    public HcsExitStatus? ExitStatus =>
        Tracked is { ExitStatus: { } } tracked ? new HcsExitStatus(this, tracked) : ReceivedExit;

    /// <summary>
    /// The hidden property <c>ExitTime</c> in PowerShell: an object in a property arrives as text on another computer.
    /// </summary>
    public static DateTimeOffset? ExitTimeOf(PSObject container) =>
        (container?.BaseObject as HcsContainer)?.ExitStatus?.ExitTime;

    // Written when it is read: few ask for it, and in a long list it takes as long as all else.
    internal override string? ServiceDocument => HcsJson.Reproduce(_properties);

    internal TrackedContainer? Tracked { get; set; }

    /// <summary>The exit status of a container of a host behind a session; null before the exit.</summary>
    internal HcsExitStatus? ReceivedExit { get; set; }

    /// <summary>True when the object stands for a container object that was received or saved.</summary>
    internal bool IsOnlyNamed { get; private init; }

    /// <inheritdoc/>
    public bool Equals(HcsContainer? other) =>
        other is not null && ContainerId.Comparer.Equals(Id, other.Id) && HostInstance == other.HostInstance;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HcsContainer);

    /// <inheritdoc/>
    public override int GetHashCode() => ContainerId.Comparer.GetHashCode(Id) ^ HostInstance.GetHashCode();

    /// <summary>Compares by id, and containers of one id by their hosts.</summary>
    public int CompareTo(HcsContainer? other) =>
        other is null ? 1
        : StringComparer.OrdinalIgnoreCase.Compare(Id, other.Id) is not 0 and var order ? order
        : HostInstance.CompareTo(other.HostInstance);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as HcsContainer);

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static Guid? ParseGuid(string? text) =>
        Guid.TryParse(text, out Guid id) && id != Guid.Empty ? id : null;

    internal void MoveTo(string state) => _state = state;

    /// <summary>Makes the object stand for the container that was created and started in its place.</summary>
    internal void BeginAgain(TrackedContainer created)
    {
        Tracked = created;
        MoveTo("Running");
    }
}
