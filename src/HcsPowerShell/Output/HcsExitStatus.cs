using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>The exit status of a container.</summary>
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

    /// <summary>The id of the container.</summary>
    public string ContainerId { get; }

    /// <summary>
    /// GracefulExit, ForcedExit or UnexpectedExit; Unknown when the answer of the service cannot be read.
    /// </summary>
    public string ExitType { get; }

    /// <summary>HRESULT of the exit; 0 is success.</summary>
    public int Status { get; }

    /// <summary>The time when this process saw the exit.</summary>
    public DateTimeOffset? ExitTime { get; }

    /// <summary>The host of the container.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>Name of the computer that the host is on.</summary>
    public string ComputerName => HcsHost.ComputerName;

    /// <summary>Identifies the host across processes.</summary>
    public Guid HostInstance => HcsHost.HostInstance;

    /// <summary>The document from the service; when it cannot be read, its original text.</summary>
    public string Document { get; }

    /// <inheritdoc/>
    public override string ToString() => Status == 0 ? ExitType : $"{ExitType} (0x{Status:X8})";
}
