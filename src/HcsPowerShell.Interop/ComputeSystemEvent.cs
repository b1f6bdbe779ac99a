using System;
using System.Diagnostics;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>An event that the service reported for a system (HCS notification or event).</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="ContainerId">Id of the system.</param>
/// <param name="Timestamp">The time at which the event was received.</param>
/// <param name="ProcessId">Id of the process, for an event of a process.</param>
/// <param name="Document">The JSON document that came with the event.</param>
public sealed record ComputeSystemEvent(
    ComputeSystemEventType Type, string ContainerId, DateTimeOffset Timestamp, uint? ProcessId, string? Document)
{
    /// <summary>
    /// The time of receipt on the monotonic clock (<see cref="Stopwatch.GetTimestamp"/>), which changes of the system
    /// time do not affect.
    /// </summary>
    internal long Received { get; } = Stopwatch.GetTimestamp();
}
