using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A compute system as it was when it was asked for. It holds no handle.</summary>
public sealed class HcsContainer : IComparable<HcsContainer>, IComparable
{
    private readonly bool _stopped;
    private readonly string? _exitType;
    private string? _state;

    internal HcsContainer(HcsHost host, ContainerProperties properties, TrackedContainer? tracked)
    {
        HcsHost = host;
        Id = properties.Id ?? string.Empty;
        Name = VisibleText.OfName(properties.Name);
        Owner = VisibleText.OfName(properties.Owner);
        SystemType = VisibleText.OfName(properties.SystemType);
        RuntimeOsType = VisibleText.OfName(properties.RuntimeOsType);
        RuntimeId = ParseGuid(properties.RuntimeId);
        RuntimeTemplateId = ParseGuid(properties.RuntimeTemplateId);
        RuntimeImagePath = VisibleText.OfName(properties.RuntimeImagePath);
        IsTemplate = properties.IsRuntimeTemplate || properties.State == "SavedAsTemplate";
        _stopped = properties.Stopped;
        _exitType = VisibleText.OfName(properties.ExitType);
        Document = HcsJson.Reproduce(properties);
        _state = VisibleText.OfName(properties.State);
        Tracked = tracked;
    }

    /// <summary>The container of an id on a host; nothing else is known of it.</summary>
    internal static HcsContainer Named(HcsHost host, string id) =>
        new(host, new ContainerProperties { Id = id }, tracked: null) { IsOnlyNamed = true };

    /// <summary>Full id.</summary>
    public string Id { get; }

    /// <summary>Id under the name that PowerShell's own <c>-ContainerId</c> takes.</summary>
    public string ContainerId => Id;

    /// <summary>Name; often the id.</summary>
    public string? Name { get; }

    /// <summary>Management platform it belongs to.</summary>
    public string? Owner { get; }

    /// <summary>Created, Running, Paused, Stopped, SavedAsTemplate; null where the service does not say.</summary>
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

    /// <summary>The virtual machine behind it; null under process isolation.</summary>
    public Guid? RuntimeId { get; }

    /// <summary>The template that virtual machine was cloned from; null where the service does not say.</summary>
    public Guid? RuntimeTemplateId { get; }

    /// <summary>Utility image that virtual machine was started from; null where the service does not say.</summary>
    public string? RuntimeImagePath { get; }

    /// <summary>It is a template that others are cloned from.</summary>
    public bool IsTemplate { get; }

    /// <summary>It has exited.</summary>
    public bool Stopped => _stopped || Tracked?.ExitStatus is not null;

    /// <summary>How it stopped: GracefulExit, ForcedExit or UnexpectedExit; null while it has not, or if nobody knows.</summary>
    public string? ExitType => ExitStatus?.ExitType ?? _exitType;

    /// <summary>How it ended, once this process knows; null before.</summary>
    public HcsExitStatus? ExitStatus => Tracked is { ExitStatus: { } } tracked ? new HcsExitStatus(this, tracked) : null;

    /// <summary>The host it lives on.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>Name of the computer that host is on.</summary>
    public string ComputerName => HcsHost.ComputerName;

    /// <summary>Tells that host from every other, in whatever process.</summary>
    public Guid HostInstance => HcsHost.HostInstance;

    /// <summary>The document the service gave.</summary>
    public string Document { get; }

    internal TrackedContainer? Tracked { get; set; }

    /// <summary>It stands for a container that was handed over or saved.</summary>
    internal bool IsOnlyNamed { get; private init; }

    /// <inheritdoc/>
    public int CompareTo(HcsContainer? other) => StringComparer.OrdinalIgnoreCase.Compare(Id, other?.Id);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as HcsContainer);

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static Guid? ParseGuid(string? text) =>
        Guid.TryParse(text, out Guid id) && id != Guid.Empty ? id : null;

    internal void MoveTo(string state) => _state = state;
}
