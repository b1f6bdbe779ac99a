using System;
using System.Management.Automation;

namespace HcsPowerShell.Report;

/// <summary>The data of one event for a report.</summary>
internal sealed record ReportEvent(
    DateTimeOffset Time, string ContainerId, string Type, string? ProcessId, string? Document, ReportPlace Place)
{
    /// <summary>Reads an event; null for an object that is not an event or has no time.</summary>
    public static ReportEvent? Read(PSObject value)
    {
        var received = new PropertiesOf(value);
        return !OutputObject.IsOf(value, typeof(HcsEvent)) || received.Time("Timestamp") is not { } time ? null : new(
            time,
            received.Text("ContainerId") ?? string.Empty,
            received.Text("Type") ?? string.Empty,
            received.Text("ProcessId"),
            received.Text("Document"),
            ReportPlace.Read(received));
    }
}
