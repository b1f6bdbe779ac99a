using System;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>The exit status of a container.</summary>
public sealed class HcsExitStatus : HcsOutput
{
    internal HcsExitStatus(string containerId, HcsHost host, TrackedContainer tracked)
        : base(host)
    {
        SystemExitStatus status = tracked.ExitStatus!;
        ContainerId = containerId;
        ExitType = VisibleText.OfName(status.ExitType) ?? (status.Status < 0 ? "UnexpectedExit" : "GracefulExit");
        Status = status.Status;
        ExitTime = tracked.ExitTime;
        ServiceDocument = status.UnreadText ?? HcsJson.Reproduce(status);
    }

    internal HcsExitStatus(HcsContainer container, TrackedContainer tracked)
        : this(container.Id, container.Host, tracked)
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

    internal override string? ServiceDocument { get; }

    /// <inheritdoc/>
    public override string ToString() => Status == 0 ? ExitType : $"{ExitType} (0x{Status:X8})";
}
