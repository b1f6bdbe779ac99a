using System;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>One thing the service reported of a container.</summary>
public sealed class HcsEvent
{
    internal HcsEvent(HcsHost host, ComputeSystemEvent received)
    {
        HcsHost = host;
        Timestamp = received.Timestamp.ToLocalTime();
        ContainerId = received.ContainerId;
        Type = received.Type.ToString();
        ProcessId = received.ProcessId;
        Document = received.Document;
    }

    /// <summary>When this process received it.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The container it happened to.</summary>
    public string ContainerId { get; }

    /// <summary>
    /// SystemStarted, SystemPaused, SystemResumed, SystemExited, SystemCrashInitiated, SystemCrashReport,
    /// SystemGuestConnectionClosed, ProcessStarted, ProcessExited or ServiceDisconnect.
    /// </summary>
    public string Type { get; }

    /// <summary>The process inside the container, for an event of a process.</summary>
    public uint? ProcessId { get; }

    /// <summary>The host it came from.</summary>
    public HcsHost HcsHost { get; }

    /// <summary>Name of the computer that host is on.</summary>
    public string ComputerName => HcsHost.ComputerName;

    /// <summary>Tells that host from every other, in whatever process.</summary>
    public Guid HostInstance => HcsHost.HostInstance;

    /// <summary>The document that came with it; null when there was none.</summary>
    public string? Document { get; }

    /// <inheritdoc/>
    public override string ToString() => ProcessId is { } id ? $"{Type} {ContainerId} ({id})" : $"{Type} {ContainerId}";
}
