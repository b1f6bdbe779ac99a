using System;
using System.Diagnostics;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>One thing the service reported of a system (HCS notification or event).</summary>
/// <param name="Type">What happened.</param>
/// <param name="ContainerId">The system it happened to.</param>
/// <param name="Timestamp">When it was received.</param>
/// <param name="ProcessId">The process, for an event of a process.</param>
/// <param name="Document">The JSON document that came with it.</param>
public sealed record ComputeSystemEvent(
    ComputeSystemEventType Type, string ContainerId, DateTimeOffset Timestamp, uint? ProcessId, string? Document)
{
    /// <summary>When it was received, by the clock that nobody sets (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    internal long Received { get; } = Stopwatch.GetTimestamp();
}
