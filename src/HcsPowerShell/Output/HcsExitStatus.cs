using System;
using System.Globalization;
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

    internal HcsExitStatus(
        HcsHost host, string containerId, string exitType, int status, DateTimeOffset? exitTime, string? document)
        : base(host)
    {
        ContainerId = containerId;
        ExitType = exitType;
        Status = status;
        ExitTime = exitTime;
        ServiceDocument = document ?? HcsJson.Reproduce(new SystemExitStatus { Status = status, ExitType = exitType });
    }

    /// <summary>Reads the text of an exit status.</summary>
    internal HcsExitStatus(HcsHost host, string containerId, string text, DateTimeOffset? exitTime)
        : this(host, containerId, text.Split(' ')[0], StatusIn(text), exitTime, document: null)
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

    private static int StatusIn(string text) =>
        uint.TryParse(
            text.Substring(text.LastIndexOf('x') + 1).TrimEnd(')'),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out uint status)
        && text.EndsWith(")", StringComparison.Ordinal)
            ? unchecked((int)status)
            : 0;
}
