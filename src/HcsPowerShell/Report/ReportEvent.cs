using System;
using System.Management.Automation;

namespace HcsPowerShell.Report;

/// <summary>What a report takes from one event.</summary>
internal sealed record ReportEvent(
    DateTimeOffset Time, string ContainerId, string Type, string? ProcessId, string? Document, ReportPlace Place)
{
    /// <summary>Null for what is no event.</summary>
    public static ReportEvent? Read(PSObject value)
    {
        var received = new PropertiesOf(value);
        return !PropertiesOf.Is<HcsEvent>(value) || received.Time("Timestamp") is not { } time ? null : new(
            time,
            received.Text("ContainerId") ?? string.Empty,
            received.Text("Type") ?? string.Empty,
            received.Text("ProcessId"),
            received.Text("Document"),
            ReportPlace.Read(received));
    }
}
