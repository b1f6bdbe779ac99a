using System;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>An event of a container, as the service reported it.</summary>
public sealed class HcsEvent : HcsOutput
{
    internal HcsEvent(HcsHost host, ComputeSystemEvent received)
        : base(host)
    {
        Timestamp = received.Timestamp.ToLocalTime();
        ContainerId = received.ContainerId;
        Type = received.Type.ToString();
        ProcessId = received.ProcessId;
        Document = received.Document;
    }

    /// <summary>The time when this process received the event.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The id of the container.</summary>
    public string ContainerId { get; }

    /// <summary>
    /// SystemStarted, SystemPaused, SystemResumed, SystemExited, SystemCrashInitiated, SystemCrashReport,
    /// SystemGuestConnectionClosed, ProcessStarted, ProcessExited or ServiceDisconnect.
    /// </summary>
    public string Type { get; }

    /// <summary>The process inside the container, for an event of a process.</summary>
    public uint? ProcessId { get; }

    /// <summary>The document of the event; null when there was none.</summary>
    public string? Document { get; }

    /// <inheritdoc/>
    public override string ToString() => ProcessId is { } id ? $"{Type} {ContainerId} ({id})" : $"{Type} {ContainerId}";
}
