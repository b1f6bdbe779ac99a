using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>How a container ended.</summary>
public sealed class HcsExitStatus
{
    internal HcsExitStatus(string containerId, HcsHost host, TrackedContainer tracked)
    {
        SystemExitStatus status = tracked.ExitStatus!;
        ContainerId = containerId;
        HcsHost = host;
        ExitType = VisibleText.OfName(status.ExitType) ?? (status.Status < 0 ? "UnexpectedExit" : "GracefulExit");
        Status = status.Status;
        ExitTime = tracked.ExitTime;
        Document = status.UnreadText ?? HcsJson.Reproduce(status);
    }

    internal HcsExitStatus(HcsContainer container, TrackedContainer tracked)
        : this(container.Id, container.HcsHost, tracked)
    {
    }

    /// <summary>The container.</summary>
    public string ContainerId { get; }

    /// <summary>GracefulExit, ForcedExit or UnexpectedExit; Unknown where what the service told cannot be read.</summary>
    public string ExitType { get; }

    /// <summary>HRESULT of the exit; 0 is success.</summary>
    public int Status { get; }

    /// <summary>When this process saw it end.</summary>
    public DateTimeOffset? ExitTime { get; }

    /// <summary>The host it lived on.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>Name of the computer that host is on.</summary>
    public string ComputerName => HcsHost.ComputerName;

    /// <summary>Tells that host from every other, in whatever process.</summary>
    public Guid HostInstance => HcsHost.HostInstance;

    /// <summary>The document the service gave; where it cannot be read, its text as it came.</summary>
    public string Document { get; }

    /// <inheritdoc/>
    public override string ToString() => Status == 0 ? ExitType : $"{ExitType} (0x{Status:X8})";
}
