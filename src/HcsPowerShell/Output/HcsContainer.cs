using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A compute system as it was when it was asked for. It holds no handle.</summary>
public sealed class HcsContainer : IComparable<HcsContainer>, IComparable
{
    private string? _state;

    internal HcsContainer(HcsHost host, ContainerProperties properties, TrackedContainer? tracked)
    {
        HcsHost = host;
        Id = properties.Id ?? string.Empty;
        Name = properties.Name;
        Owner = properties.Owner;
        SystemType = properties.SystemType;
        RuntimeOsType = properties.RuntimeOsType;
        RuntimeId = Guid.TryParse(properties.RuntimeId, out Guid id) && id != Guid.Empty ? id : null;
        IsTemplate = properties.IsRuntimeTemplate;
        Document = HcsJson.Reproduce(properties);
        _state = properties.State;
        Tracked = tracked;
    }

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

    /// <summary>Windows or Linux.</summary>
    public string? RuntimeOsType { get; }

    /// <summary>The virtual machine behind it; null under process isolation.</summary>
    public Guid? RuntimeId { get; }

    /// <summary>It is a template that others are cloned from.</summary>
    public bool IsTemplate { get; }

    /// <summary>How it ended, once this process knows; null before.</summary>
    public HcsExitStatus? ExitStatus => Tracked is { ExitStatus: { } } tracked ? new HcsExitStatus(this, tracked) : null;

    /// <summary>The host it lives on.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>The document the service gave.</summary>
    public string Document { get; }

    internal TrackedContainer? Tracked { get; set; }

    /// <inheritdoc/>
    public int CompareTo(HcsContainer? other) => StringComparer.OrdinalIgnoreCase.Compare(Id, other?.Id);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => CompareTo(obj as HcsContainer);

    /// <inheritdoc/>
    public override string ToString() => Id;

    internal void MoveTo(string state) => _state = state;
}
