using System;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell.Report;

/// <summary>The data of one sample for a report; unknown values are null.</summary>
internal sealed record ReportSample(string ContainerId, DateTimeOffset Time, ReportPlace Place)
{
    public double? CpuPercent { get; init; }

    public double? MemoryBytes { get; init; }

    public double? ReadBytesPerSec { get; init; }

    public double? WrittenBytesPerSec { get; init; }

    /// <summary>Bytes received over all endpoints since the start.</summary>
    public double? Received { get; init; }

    /// <summary>Bytes sent over all endpoints since the start.</summary>
    public double? Sent { get; init; }

    /// <summary>Reads a sample; null for an object that is not a sample or has no time.</summary>
    public static ReportSample? Read(PSObject value)
    {
        var sample = new PropertiesOf(value);
        return !OutputObject.IsOf(value, typeof(HcsStatistics)) || sample.Time("Timestamp") is not { } time ? null : new(
            sample.Text("ContainerId") ?? string.Empty, time, ReportPlace.Read(sample))
        {
            CpuPercent = sample.Find<double>("CpuPercent"),
            MemoryBytes = sample.Find<double>("MemoryUsageCommitBytes")
                ?? sample.Find<double>("MemoryUsagePrivateWorkingSetBytes"),
            ReadBytesPerSec = sample.Find<double>("ReadBytesPerSec"),
            WrittenBytesPerSec = sample.Find<double>("WriteBytesPerSec"),
            Received = Total(value, "BytesReceived"),
            Sent = Total(value, "BytesSent"),
        };
    }

    private static double? Total(PSObject sample, string counter)
    {
        double[] counts =
        [
            .. (LanguagePrimitives.GetEnumerable(sample.Properties["Network"]?.Value) ?? Array.Empty<object>())
                .Cast<object>()
                .Select(endpoint => new PropertiesOf(PSObject.AsPSObject(endpoint)).Find<double>(counter))
                .OfType<double>(),
        ];
        return counts.Length > 0 ? counts.Sum() : null;
    }
}
